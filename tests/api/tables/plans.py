"""Programmes and documents: everybody reads."""

from tests.api.rows import Row, everybody

ROWS = [
    Row("programme_list", everybody()),
    Row("programme_detail", everybody(), arguments={"code": "2009-2010"}),
    Row("programme_detail", everybody(404), arguments={"code": "1999"}, case="none"),
    Row("document_list", everybody()),
    Row("document_detail", everybody(), arguments={"slug": "43-2008-qd-ttg"}),
    Row("document_detail", everybody(404), arguments={"slug": "1-1999-qd"}, case="none"),
    Row("clause_list", everybody(), arguments={"slug": "43-2008-qd-ttg"}),
    Row("clause_list", everybody(404), arguments={"slug": "1-1999-qd"}, case="none"),
    Row("clause_detail", everybody(), arguments={"slug": "43-2008-qd-ttg", "number": "II.2.k"}),
    Row(
        "clause_detail",
        everybody(404),
        arguments={"slug": "43-2008-qd-ttg", "number": "XX.9"},
        case="none",
    ),
]
