"""Open data: everybody reads."""

from tests.api.rows import Row, everybody

ROWS = [
    Row("open_data", everybody()),
    Row("open_data_dictionary", everybody()),
    Row("open_data_detail", everybody(), arguments={"key": "projects"}),
    Row("open_data_detail", everybody(404), arguments={"key": "no-such"}, case="none"),
    Row("open_data_rows", everybody(), arguments={"key": "projects"}),
    Row("open_data_rows", everybody(404), arguments={"key": "no-such"}, case="none"),
]
