"""Role x address: what each of the cast gets at each address of the reports.

The table is read against the list of addresses, so a new one without a row fails.
"""

from collections.abc import Iterable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

import reports.urls
from core import clock
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.compiling import compile_cycle
from reports.models import Compilation, Cycle, IssuedFile
from tests.cast import Cast
from tests.reading import ClientFor, address_names, undone
from tests.reports.filings import People, begun, filed
from tests.reports.issuing import issued_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

CHARACTERS = (
    "editor",  # of Tiền Giang, whose report is asked for: a draft
    "approver",
    "other_editor",  # of Nghệ An
    "reviewer",  # of the lead
    "lead_editor",
    "admin",
    "co_reviewer",
    "viewer",
)
# The documents held against each other: nothing of it hangs on a period.
OF_NO_PERIOD = {
    "reconciliation",
    "reconciliation_export",
    "document_reconciliation",
    "document_reconciliation_export",
}
ELSEWHERE = {"plan_export"}  # of a plan; tests/reports/test_output_plan_export.py


def row(statuses: str) -> dict[str, int]:
    """The statuses of a row, in the order of the cast; one alone is everybody's."""
    numbers = [int(status) for status in statuses.split()]
    return dict(zip(CHARACTERS, numbers * (len(CHARACTERS) if len(numbers) == 1 else 1), strict=True))


KEPT = row("403 403 403 403 403 200 403 403")
# Method, and the statuses while nothing of the period is issued and once it is.
TABLE: dict[str, tuple[str, dict[str, int], dict[str, int]]] = {
    "cycle_list": ("get", row("200"), row("200")),
    "cycle_open": ("get", row("403 403 403 403 403 200 403 403"), row("403 403 403 403 403 200 403 403")),
    "cycle_detail": ("get", row("200"), row("200")),
    # Periods are kept by administrators; once the report is issued nothing of the period changes.
    **dict.fromkeys(("kept_cycle_list", "kept_cycle_list_export", "kept_cycle"), ("get", KEPT, KEPT)),
    "kept_cycle_act": ("get", KEPT, row("403 403 403 403 403 409 403 403")),
    "obligation_export": (
        "get",
        row("404 404 404 200 403 200 404 404"),
        row("404 404 404 200 403 200 404 404"),
    ),
    "compliance": ("get", row("404 404 404 200 200 200 404 404"), row("404 404 404 200 200 200 404 404")),
    "compliance_file": (
        "get",
        row("404 404 404 200 403 200 404 404"),
        row("404 404 404 200 403 200 404 404"),
    ),
    "cycle_compile": ("get", row("404 404 404 200 403 403 404 404"), row("404 404 404 200 403 403 404 404")),
    "cycle_bulk": ("get", row("404 404 404 200 403 200 404 404"), row("404 404 404 200 403 200 404 404")),
    "bulk_act_list": ("get", row("200"), row("200")),
    "bulk_act_list_export": ("get", row("200"), row("200")),
    "bulk_receipt": ("get", row("404 404 404 200 200 200 404 404"), row("404 404 404 200 200 200 404 404")),
    "bulk_receipt_export": (
        "get",
        row("404 404 404 200 200 200 404 404"),
        row("404 404 404 200 200 200 404 404"),
    ),
    "bulk_letters": ("get", row("404"), row("404")),  # of an act that sent none
    "plan_remind": ("get", row("403 403 403 200 403 200 403 403"), row("403 403 403 200 403 200 403 403")),
    "report_detail": ("get", row("200 200 404 200 200 200 404 404"), row("200")),
    "filing_form": ("get", row("200 403 404 403 403 403 404 404"), row("200 403 404 403 403 403 404 404")),
    "filing_row": ("post", row("200 403 404 403 403 403 404 404"), row("200 403 404 403 403 403 404 404")),
    "filing_act": ("get", row("403 200 404 403 403 403 404 404"), row("403 200 404 403 403 403 404 404")),
    "compilation_list": ("get", row("200"), row("200")),
    "compilation_detail": ("get", row("404 404 404 200 200 200 404 404"), row("200")),
    "compilation_issue": (
        "get",
        row("404 404 404 200 403 403 404 404"),
        row("403 403 403 409 403 403 403 403"),
    ),
    "issued_file": ("get", row("404"), row("200")),
    "verify_copy": ("get", row("200"), row("200")),
    "reconciliation": ("get", row("200"), row("200")),
    "reconciliation_export": ("get", row("200"), row("200")),
    "document_reconciliation": ("get", row("200"), row("200")),
    "document_reconciliation_export": ("get", row("200"), row("200")),
    "programme_money": ("get", row("200"), row("200")),
    "programme_money_export": ("get", row("200"), row("200")),
}


def test_every_address_has_a_row() -> None:
    addresses = set(address_names(reports.urls.urlpatterns))
    assert addresses - ELSEWHERE == set(TABLE)


@pytest.fixture
def compilation(cast: Cast, q2: Cycle) -> Compilation:
    """Tiền Giang drafts, Nghệ An has filed, the lead has given more time to Hà Nội and compiled."""
    begun(q2, People(cast.editor, cast.approver))
    filed(q2, People(cast.other_editor, cast.other_approver))
    with clock.at("2008-07-20T09:00"):
        paper = Stated(date(2008, 7, 30), "15/BTTTT", date(2008, 7, 18), "Thiên tai.")
        act_on_many(q2, "extend", ["p01"], actor=cast.reviewer, stated=paper, token="one")
        return compile_cycle(q2, actor=cast.reviewer)


@pytest.fixture
def issued(cast: Cast, compilation: Compilation) -> IssuedFile:
    return issued_file(compilation, by=cast.reviewer, number="05/BC-BTTTT", on=date(2008, 7, 21))


def address(name: str, compilation: Compilation) -> str:
    period: dict[str, object] = {"programme": "2008", "cycle": "2008-Q2"}
    report = period | {"key": "p82"}
    file = compilation.issued_files.first()
    act = compilation.cycle.bulk_acts.get()
    arguments: dict[str, dict[str, object]] = {
        "cycle_list": {},
        "cycle_open": {},
        "compilation_list": {},
        "verify_copy": {},
        "reconciliation": {},
        "reconciliation_export": {},
        "document_reconciliation": {"slug": "605-qd-ubnd"},
        "document_reconciliation_export": {"slug": "605-qd-ubnd"},
        "programme_money": {"programme": "2008"},
        "programme_money_export": {"programme": "2008"},
        "compliance_file": period | {"extension": "xlsx"},
        "cycle_bulk": period | {"name": "extend"},
        "bulk_act_list": {},
        "bulk_act_list_export": {},
        "bulk_receipt": {"pk": act.pk},
        "bulk_receipt_export": {"pk": act.pk},
        "bulk_letters": {"pk": act.pk},
        "plan_remind": {},
        "report_detail": report,
        "filing_form": report,
        "filing_row": report,
        "filing_act": report | {"name": "submit"},
        "kept_cycle_list": {},
        "kept_cycle_list_export": {},
        "kept_cycle_act": period | {"name": "change"},
        "compilation_detail": {"pk": compilation.pk},
        "compilation_issue": {"pk": compilation.pk},
        "issued_file": {"pk": file.pk if file else 404},
    }
    return reverse(name, kwargs=arguments.get(name, dict(period)))


def statuses(
    client_for: ClientFor, cast: Cast, compilation: Compilation, names: Iterable[str] = TABLE
) -> dict[str, dict[str, int]]:
    """Address -> character -> status, of one period: making it costs more than asking for all addresses."""
    clients = {character: client_for(getattr(cast, character)) for character in CHARACTERS}
    typed = {"path": "text/proposals", "value": "Kiến nghị.", "row_version": "2"}
    return {
        name: {
            character: undone(client, TABLE[name][0], address(name, compilation), typed)
            for character, client in clients.items()
        }
        for name in names
    }


def test_before_anything_is_issued(client_for: ClientFor, cast: Cast, compilation: Compilation) -> None:
    with clock.at("2008-07-20T10:00"):
        found = statuses(client_for, cast, compilation)
    assert found == {name: before for name, (_method, before, _after) in TABLE.items()}


def test_once_the_period_is_issued(
    client_for: ClientFor, cast: Cast, compilation: Compilation, issued: IssuedFile
) -> None:
    wanted = {name: after for name, (_method, _before, after) in TABLE.items() if name not in OF_NO_PERIOD}
    with clock.at("2008-07-22T10:00"):
        found = statuses(client_for, cast, compilation, wanted)
    assert found == wanted


def test_who_has_not_signed_in_is_asked_to(client: Client, compilation: Compilation) -> None:
    for name, (method, _before, _after) in TABLE.items():
        response = getattr(client, method)(address(name, compilation))
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/login/"), name


@pytest.mark.parametrize(
    "path",
    [
        "/reports/2008/2008-Q9/",
        "/reports/2009/2008-Q2/",
        "/reports/2008/2008-Q2/agencies/p999/",
        "/reports/2008/2008-Q2/agencies/p82/acts/steal/",
        "/reports/2008/2008-Q2/compliance.docx",
        "/reports/2008/2008-Q2/agencies/p82/?filing=9",
        "/compilations/999999/",
        "/issued/999999/",
    ],
)
def test_what_is_not_there_is_a_404(
    client_for: ClientFor, cast: Cast, compilation: Compilation, june_2008: object, path: str
) -> None:
    assert client_for(cast.reviewer).get(path).status_code == 404


def test_a_403_says_why(
    client_for: ClientFor, cast: Cast, compilation: Compilation, june_2008: object
) -> None:
    response = client_for(cast.lead_editor).get(address("cycle_compile", compilation))
    assert response.status_code == 403
    assert "Biên tập" in response.content.decode()


def test_others_read_the_submission_of_an_issued_period_but_no_draft(
    client_for: ClientFor, cast: Cast, compilation: Compilation, issued: IssuedFile
) -> None:
    with clock.at("2008-07-22T10:00"):
        client = client_for(cast.viewer)
        filed_page = client.get(reverse("report_detail", args=["2008", "2008-Q2", "p40"]))
        draft_page = client.get(reverse("report_detail", args=["2008", "2008-Q2", "p82"]))
    assert "Các đơn vị trực thuộc đã triển khai kế hoạch." in filed_page.content.decode()
    assert "Các đơn vị trực thuộc đã triển khai kế hoạch." not in draft_page.content.decode()
