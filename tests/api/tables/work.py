"""What waits, what is found, what is kept: each gets the own; logs are the administrator's."""

from tests.api.rows import Row, everybody, only

INDICATOR = {"code": "officials-using-email"}
P82, NONE = {"key": "p82"}, {"key": "p999"}

ROWS = [
    Row("worklist", everybody()),
    Row("search", everybody(400), case="nothing asked"),
    Row("administration", only("admin")),
    Row("sign_in_list", only("admin")),
    Row("undelivered_list", only("admin")),
    Row("agency_tasks", everybody(), arguments=P82),
    Row("agency_tasks", everybody(404), arguments=NONE, case="none"),
    Row("agency_reports", everybody(), arguments=P82),
    Row("agency_reports", everybody(404), arguments=NONE, case="none"),
    Row("indicator_baselines", everybody(), arguments=INDICATOR),
    Row("indicator_baselines", everybody(404), arguments={"code": "no-such"}, case="none"),
]
