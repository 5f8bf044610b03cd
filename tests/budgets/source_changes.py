"""How the tests change the funding sources."""

from typing import Any

from budgets.models import FundingSource
from budgets.sources.actions import change_source
from budgets.sources.shapes import SourceStated
from tests.cast import Cast


def source(code: str) -> FundingSource:
    return FundingSource.objects.select_related("parent").get(code=code)


def stated(code: str, **changes: Any) -> SourceStated:
    before = SourceStated.of(source(code))
    values = {name: getattr(before, name) for name in (*before.texts(), "uses")}
    return SourceStated(**{**values, **changes})


def change(cast: Cast, code: str, basis: str = "", **changes: Any) -> FundingSource:
    row = source(code)
    after = stated(code, **changes)
    return change_source(row, after, basis=basis, version=row.row_version, actor=cast.admin)
