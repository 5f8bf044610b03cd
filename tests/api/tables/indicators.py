"""Indicators and targets: everybody reads."""

from tests.api.rows import Row, everybody

ROWS = [
    Row("indicator_list", everybody()),
    Row("indicator_detail", everybody(), arguments={"code": "officials-using-email"}),
    Row("indicator_detail", everybody(404), arguments={"code": "no-such"}, case="none"),
    Row("target_list", everybody()),
]
