"""The container of a workbook file."""

import shutil
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


class StampedZip(ZipFile):
    """An archive whose entries carry one given time instead of the clock's: equal content, equal bytes."""

    def __init__(self, target: BytesIO, moment: datetime) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self.moment = moment

    def _entry(self, name: str) -> ZipInfo:
        moment = self.moment
        entry = ZipInfo(
            name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        )
        entry.compress_type = ZIP_DEFLATED
        return entry

    def writestr(self, zinfo_or_arcname: Any, data: Any, *compression: Any) -> None:
        super().writestr(self._entry(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *compression: Any) -> None:
        with Path(filename).open("rb") as source, self.open(self._entry(arcname), "w") as target:
            shutil.copyfileobj(source, target)
