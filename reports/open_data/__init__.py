"""What was issued as open data. Nothing of a report shows here before its period is issued."""

from collections.abc import Iterable

from plans.open_data.datasets import DataSet
from reports.open_data.figures import MoneyFigures, TargetFigures, Tasks, Timeliness
from reports.open_data.issued import IssuedFiles, counted_together


def data_sets() -> Iterable[DataSet]:
    figures = Timeliness(), Tasks(), MoneyFigures(), TargetFigures()
    counted_together(*figures)
    return *figures, IssuedFiles()
