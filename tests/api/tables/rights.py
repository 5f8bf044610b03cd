"""The table of rights and the answer to a question: the administrator's."""

from tests.api.rows import Row, only

ROWS = [
    Row("rights", only("admin")),
    Row("rights_check", only("admin", status=400), case="nothing asked"),
]
