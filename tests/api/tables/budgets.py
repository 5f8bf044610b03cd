"""Funding sources: everybody reads."""

from tests.api.rows import Row, everybody

ROWS = [
    Row("funding_source_list", everybody()),
    Row("funding_source_detail", everybody(), arguments={"code": "NSTW-DP"}),
    Row("funding_source_detail", everybody(404), arguments={"code": "NSXX"}, case="none"),
]
