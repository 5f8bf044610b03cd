"""Compiling and issuing: what is frozen stays, what comes later is a difference, issued stays."""

import hashlib
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from agencies import audit
from agencies.models import AuditEntry
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.models import Programme
from reports.compiling import compile_cycle, differences, issue_report
from reports.cycles.actions import open_cycle
from reports.cycles.granting import extend
from reports.figures import compliance
from reports.filing.actions import return_filing
from reports.models import Compilation, Cycle, IssuedFile
from tests.cast import Cast
from tests.prepared import prepared
from tests.reading import ClientFor, in_english, said
from tests.reports.filings import People, by, filed, quarter, report_of
from tests.reports.opened import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
COMPILED_AT = "2008-07-20T09:00"


@prepared
def compiled_quarter(cast: Cast) -> None:
    filed(quarter(), People(cast.editor, cast.approver))
    with clock.at(COMPILED_AT):
        compile_cycle(quarter(), actor=cast.reviewer)


@pytest.fixture
def compilation(q2: Cycle, compiled_quarter: None) -> Compilation:
    """Of one report, Tiền Giang's."""
    return Compilation.objects.select_related("cycle__programme__lead").get(cycle=q2)


@pytest.fixture
def illustrative(cast: Cast, programme: Programme) -> Compilation:
    with clock.at("2008-07-01T08:00"):
        cycle = open_cycle(programme, "2008-Q2", actor=cast.admin, illustrative=True)
    filed(cycle, People(cast.editor, cast.approver))
    with clock.at(COMPILED_AT):
        return compile_cycle(cycle, actor=cast.reviewer)


def issue(compilation: Compilation, cast: Cast, **changes: Any) -> list[IssuedFile]:
    paper: dict[str, Any] = {
        "number": "05/BC-BTTTT",
        "issued_on": date(2008, 7, 21),
        "signer": "Nguyễn Văn Ký",
        "signer_title": "BỘ TRƯỞNG",
        "actor": cast.reviewer,
    }
    with clock.at("2008-07-21T15:00"):
        return issue_report(compilation, **paper | changes)


def test_a_compilation_freezes_what_counts_with_its_hash(cast: Cast, compilation: Compilation) -> None:
    assert compilation.filings.count() == 1
    assert hashlib.sha256(compilation.figures.encode()).hexdigest() == compilation.sha256
    assert compliance.frozen(compilation) == compliance.recomputed(compilation)
    entry = AuditEntry.objects.filter(verb="compile").get()
    assert compilation.sha256 in entry.data


def test_what_happens_later_leaves_the_frozen_figures_alone(
    cast: Cast, q2: Cycle, compilation: Compilation
) -> None:
    before = compliance.frozen(compilation)
    filed(q2, People(cast.other_editor, cast.other_approver), at="2008-07-21T09:00")
    with clock.at("2008-07-22T09:00"):
        extend(
            report_of(q2, "m-tc"),
            date(2008, 7, 30),
            actor=cast.reviewer,
            **by("1/BTTTT"),
        )
    compilation.refresh_from_db()
    assert compliance.frozen(compilation) == before


def test_what_arrived_or_went_since_is_listed(cast: Cast, q2: Cycle, compilation: Compilation) -> None:
    now = clock.at("2008-07-25T09:00")
    with now as moment:
        assert differences(compilation, moment) == []
    filed(q2, People(cast.other_editor, cast.other_approver), at="2008-07-21T09:00")
    with clock.at("2008-07-22T09:00"):
        return_filing(compilation.filings.get(), actor=cast.reviewer, reason="Thiếu.")
    with clock.at("2008-07-25T09:00") as moment:
        assert [(one.kind, one.agency.key) for one in differences(compilation, moment)] == [
            ("arrived", "p40"),
            ("gone", "p82"),
        ]
        anew = compile_cycle(q2, actor=cast.reviewer)
        assert differences(anew, moment) == []
    assert (anew.number, [one.report.agency.key for one in anew.filings.all()]) == (2, ["p40"])


def test_a_compilation_as_of_an_earlier_moment(cast: Cast, q2: Cycle, compilation: Compilation) -> None:
    filed(q2, People(cast.other_editor, cast.other_approver), at="2008-07-21T09:00")
    with clock.at("2008-07-25T09:00"):
        earlier = compile_cycle(q2, actor=cast.reviewer, as_of=compilation.as_of)
    assert earlier.figures == compilation.figures
    assert earlier.sha256 == compilation.sha256


def test_nothing_is_compiled_of_nothing_or_of_what_is_to_come(cast: Cast, q2: Cycle) -> None:
    with clock.at("2008-07-20T09:00") as now:
        with pytest.raises(Refused):
            compile_cycle(q2, actor=cast.reviewer)
        filed(q2, People(cast.editor, cast.approver))
        with pytest.raises(Refused):
            compile_cycle(q2, actor=cast.reviewer, as_of=now.replace(year=2009))


def test_only_reviewers_of_the_lead_compile_and_issue(
    cast: Cast, q2: Cycle, compilation: Compilation
) -> None:
    for membership in cast:
        if membership.agency_id == cast.reviewer.agency_id and membership.role == "reviewer":
            continue
        with pytest.raises(NotAllowed):
            compile_cycle(q2, actor=membership)
        with pytest.raises(NotAllowed):
            issue(compilation, cast, actor=membership)


@pytest.mark.usefixtures("real_pdf")
def test_issued_files_carry_number_hash_and_the_head_of_the_chain(
    cast: Cast, compilation: Compilation
) -> None:
    head = AuditEntry.objects.order_by("sequence").last()
    assert head is not None
    pdf, xlsx = sorted(issue(compilation, cast), key=lambda one: one.format)
    assert (pdf.audit_count, pdf.audit_head) == (head.sequence, head.hash)
    assert audit.verify(pdf.audit_head).broken_at is None
    for file in (pdf, xlsx):
        with file.file.open("rb") as stored:
            body = stored.read()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file.size, file.sha256)
    with pdf.file.open("rb") as stored:
        printed = text_of(stored.read())
    assert "05/BC-BTTTT" in printed
    assert "Nguyễn Văn Ký" in printed
    assert head.hash in printed.replace(" ", "")


def test_what_is_issued_is_refused_a_change_by_the_database(cast: Cast, compilation: Compilation) -> None:
    pdf = issue(compilation, cast)[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedFile.objects.filter(pk=pdf.pk).update(number="06/BC-BTTTT")
    with pytest.raises(DatabaseError), transaction.atomic():
        pdf.delete()
    assert IssuedFile.objects.get(pk=pdf.pk).number == "05/BC-BTTTT"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"number": " "}, "number_missing"),
        ({"number": "5" * 101}, "number_missing"),
        ({"signer": ""}, "paper_incomplete"),
        ({"signer_title": " "}, "paper_incomplete"),
        ({"number": "01/BC-MH"}, "paper_incomplete"),
        ({"issued_on": date(2008, 7, 19)}, "issued_before"),
        ({"issued_on": date(2008, 7, 22)}, "issued_future"),
    ],
)
def test_what_a_real_report_needs(
    cast: Cast, compilation: Compilation, changes: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(Refused) as refused:
        issue(compilation, cast, **changes)
    assert refused.value.code == refusal
    assert not IssuedFile.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"signer": ""}, "number_illustrative"),
        ({"number": "01/BC-MH"}, "signer_illustrative"),
        ({"number": "MH", "signer": ""}, "number_illustrative"),
    ],
)
def test_illustrative_figures_are_numbered_so_and_signed_by_nobody(
    cast: Cast, illustrative: Compilation, changes: dict[str, Any], refusal: str
) -> None:
    assert illustrative.illustrative
    with pytest.raises(Refused) as refused:
        issue(illustrative, cast, **changes)
    assert refused.value.code == refusal
    files = issue(illustrative, cast, number="01/BC-MH", signer="")
    assert all(file.illustrative and not file.signer for file in files)


def test_a_compilation_is_issued_once_and_a_number_given_once(
    cast: Cast, q2: Cycle, compilation: Compilation
) -> None:
    issue(compilation, cast)
    with pytest.raises(WrongState):
        issue(compilation, cast, number="06/BC-BTTTT")
    with clock.at("2008-07-21T09:00"):
        anew = compile_cycle(q2, actor=cast.reviewer)
    with pytest.raises(Refused) as refused:
        issue(anew, cast)
    assert refused.value.code == "number_taken"


def test_a_failed_issue_leaves_no_file_behind(
    cast: Cast, compilation: Compilation, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []
    save = default_storage.save

    def remember(name: str, *args: Any, **more: Any) -> str:
        saved.append(save(name, *args, **more))
        if len(saved) == 2:
            raise OSError("the disk is full")
        return saved[-1]

    monkeypatch.setattr(default_storage, "save", remember)
    with pytest.raises(OSError, match="full"):
        issue(compilation, cast)
    assert not IssuedFile.objects.exists()
    assert not default_storage.exists(saved[0])


class TestPages:
    """The way through the pages: compile, issue, download, check a copy."""

    def compiled(self, client: Client) -> str:
        response = client.post(reverse("cycle_compile", args=["2008", "2008-Q2"]))
        assert response.status_code == 302
        return str(response["Location"])

    def test_from_the_figures_to_the_issued_file(self, client_for: ClientFor, cast: Cast, q2: Cycle) -> None:
        filed(q2, People(cast.editor, cast.approver))
        with clock.at("2008-07-21T09:00"):
            client = in_english(client_for(cast.reviewer))
            page = self.compiled(client)
            assert "1 of 86 reports count" in said(client.get(page))
            number = page.rstrip("/").rpartition("/")[2]
            paper = {
                "number": "05/BC-BTTTT",
                "issued_on": "21/07/2008",
                "signer": "Nguyễn Văn Ký",
                "signer_title": "BỘ TRƯỞNG",
            }
            refused = client.post(reverse("compilation_issue", args=[number]), paper | {"signer": ""})
            assert refused.status_code == 422
            assert client.post(reverse("compilation_issue", args=[number]), paper).status_code == 302
            issued = IssuedFile.objects.get(format="xlsx")
            assert issued.sha256 in said(client.get(page))
            reader = in_english(client_for(cast.viewer))
            assert "05/BC-BTTTT" in said(reader.get(reverse("compilation_list")))
            download = reader.get(reverse("issued_file", args=[issued.pk]))
            assert hashlib.sha256(download.content).hexdigest() == issued.sha256
            assert "attachment" in download["Content-Disposition"]

    def test_a_copy_is_the_issued_file_or_not(
        self, client_for: ClientFor, cast: Cast, compilation: Compilation, june_2008: object
    ) -> None:
        file = issue(compilation, cast)[0]
        with file.file.open("rb") as stored:
            body = stored.read()
        client = in_english(client_for(cast.editor))
        url = reverse("verify_copy")
        same = client.post(url, {"copy": SimpleUploadedFile("a.pdf", body)})
        assert "This is the issued file." in said(same)
        assert "05/BC-BTTTT" in said(same)
        other = client.post(url, {"copy": SimpleUploadedFile("a.pdf", body[:-1] + b"x")})
        assert "is not an issued file" in said(other)
        assert client.post(url).status_code == 422

    def test_a_stored_file_that_was_changed_is_not_handed_out(
        self, client_for: ClientFor, cast: Cast, compilation: Compilation
    ) -> None:
        file = issue(compilation, cast)[0]
        name = file.file.name
        assert name is not None
        with default_storage.open(name, "wb") as stored:
            stored.write(b"%PDF- something else")
        response = client_for(cast.viewer).get(reverse("issued_file", args=[file.pk]))
        assert response.status_code == 409

    def test_what_arrived_later_stands_on_the_page(
        self, client_for: ClientFor, cast: Cast, q2: Cycle, compilation: Compilation
    ) -> None:
        filed(q2, People(cast.other_editor, cast.other_approver), at="2008-07-21T09:00")
        with clock.at("2008-07-22T09:00"):
            page = said(
                in_english(client_for(cast.reviewer)).get(
                    reverse("compilation_detail", args=[compilation.pk])
                )
            )
        assert "arrived later, counts now" in page
        assert "Tỉnh Nghệ An" in page
