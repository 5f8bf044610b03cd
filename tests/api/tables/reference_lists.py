"""What is kept of lists of agencies, funding sources, indicators and letters: administrators write."""

from tests.api.rows import Row, only

# Who may, and has not said which version he or she read.
NO_TAG = only("admin", status=428)
GROUP = {"key": "pilot-2008"}
SOURCE = {"code": "NSDP-TT"}
INDICATOR = {"code": "officials-using-email"}
LETTER = {"key": "frame"}

ROWS = [
    Row(
        "group_list",
        only("admin", status=201),
        "POST",
        body={"name": "Danh sách thử", "valid_on": "2008-06-01", "note": "thử", "members": ["p82"]},
    ),
    Row("group_detail", NO_TAG, "PATCH", GROUP, {"name": "Tên khác", "basis": "thử"}),
    Row("group_detail", NO_TAG, "DELETE", GROUP),
    Row("group_detail", only("admin", status=404), "PATCH", {"key": "no-such"}, {"name": "x"}, "none"),
    Row(
        "funding_source_list",
        only("admin", status=201),
        "POST",
        body={"code": "QUY", "name": "Quỹ thử", "tier": "other"},
    ),
    Row("funding_source_detail", NO_TAG, "PATCH", SOURCE, {"note": "thử"}),
    Row("funding_source_detail", NO_TAG, "DELETE", SOURCE),
    Row("funding_source_retire", NO_TAG, "POST", SOURCE, {"valid_to": "2010-12-31", "basis": "thử"}),
    Row("funding_source_detail", only("admin", status=404), "PATCH", {"code": "NSXX"}, {"note": "x"}, "none"),
    Row(
        "indicator_list",
        only("admin", status=201),
        "POST",
        body={"name": "Số trạm thử", "kind": "count", "unit": "trạm"},
    ),
    Row("indicator_detail", NO_TAG, "PATCH", INDICATOR, {"position": 3}),
    Row("indicator_detail", NO_TAG, "DELETE", INDICATOR),
    Row("indicator_retire", NO_TAG, "POST", INDICATOR, {"valid_to": "2010-12-31", "basis": "thử"}),
    Row("indicator_revive", NO_TAG, "POST", INDICATOR, {}),
    Row("indicator_detail", only("admin", status=404), "PATCH", {"code": "none"}, {"position": 3}, "none"),
    Row("letter_list", only("admin")),
    Row("letter_detail", only("admin"), arguments=LETTER),
    Row("letter_detail", only("admin", status=404), arguments={"key": "no-such"}, case="none"),
    Row("letter_detail", NO_TAG, "PUT", LETTER, {"subject": "{subject}", "body": "{letter}"}),
    Row("letter_restore", NO_TAG, "POST", LETTER, {}),
]
