"""Reminders: who gets the letter, what is kept of it, who is named because nobody could be written to."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from agencies.administration import missing_for
from agencies.models import Agency, Membership, Succession
from agencies.worklist import items
from core import clock
from core.findings import Refused, WrongState
from plans.models import Programme
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.bulk.weighing import reminders
from reports.filing.actions import return_filing
from reports.models import Cycle, Filing, Reminder
from reports.reminders.actions import remind
from reports.reminders.plans import plan_reminders, remind_of_plans, without_plan
from reports.reminders.printed import letters_pdf, printed_letter
from reports.reminders.recipients import recipients_of
from tests.api.calling import caller_for
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said
from tests.reports.many import keys_of, submitted
from tests.reports.opened import text_of

pytestmark = pytest.mark.django_db

AT = "2008-07-18T09:00"


@pytest.fixture(autouse=True)
def _three_days_after_the_deadline(_july_2008: None) -> Any:
    with clock.at(AT):
        yield


def test_everybody_who_drafts_or_submits_gets_the_letter(
    cast: Cast, q2: Cycle, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        act = act_on_many(
            q2,
            "remind",
            keys_of(q2),
            actor=cast.admin,
            stated=Stated(document="33/BTTTT"),
            token="one",
            leave_out=True,
        )
    assert {one.to[0] for one in mail.outbox} == {
        one.user.email
        for one in (
            cast.editor,
            cast.approver,
            cast.other_editor,
            cast.other_approver,
            cast.lead_editor,
            cast.lead_approver,
        )
    }
    letter = next(one for one in mail.outbox if one.to == [cast.editor.user.email])
    assert "Tỉnh Tiền Giang" in letter.subject
    for words in ("15/07/2008", "quá hạn 3 ngày", "/reports/2008/2008-Q2/agencies/p82/", "Quý II năm 2008"):
        assert words in letter.body
    kept = Reminder.objects.get(agency__key="p82")
    assert (kept.subject, kept.document, kept.act_id) == (letter.subject, "33/BTTTT", act.pk)
    assert kept.body.strip() in letter.body
    assert sorted(kept.names) == sorted([str(cast.editor.user), str(cast.approver.user)])
    # Whom nobody acts for is named, not passed over in silence.
    left = act.rows.filter(refusal="no_recipient")
    assert (left.count(), act.rows.filter(refusal="").count()) == (83, 3)


def test_nothing_is_sent_twice_a_day_unless_it_is_confirmed(cast: Cast, q2: Cycle) -> None:
    report = q2.reports.get(agency__key="p82")
    remind(report, actor=cast.reviewer)
    with pytest.raises(Refused) as refused:
        remind(report, actor=cast.reviewer2)
    assert refused.value.code == "reminded_today"
    remind(report, actor=cast.reviewer2, again=True)
    with clock.at("2008-07-19T00:30"):
        remind(report, actor=cast.reviewer)
    assert report.reminders.count() == 3


def test_nobody_is_reminded_of_what_is_not_owed(cast: Cast, q2: Cycle) -> None:
    submitted(q2, cast.editor, ["p82"])
    with pytest.raises(WrongState) as refused:
        remind(q2.reports.get(agency__key="p82"), actor=cast.reviewer)
    assert refused.value.code == "filed"


def test_a_returned_report_is_reminded_of_with_the_reason(
    cast: Cast, q2: Cycle, client_for: ClientFor, django_capture_on_commit_callbacks: Any
) -> None:
    submitted(q2, cast.editor, ["p40"])
    (mine,) = submitted(q2, cast.editor, ["p82"])
    with clock.at("2008-07-16T09:00"):
        remind(q2.reports.get(agency__key="m-tttt"), actor=cast.reviewer)
        return_filing(mine, actor=cast.reviewer, reason="Thiếu số giải ngân.")
    report = q2.reports.get(agency__key="p82")
    reports = [report, q2.reports.get(agency__key="p40")]
    rows = {one.agency.key: one for one in reminders(reports, Stated(), cast.reviewer)}
    assert (rows["p82"].refusal, rows["p40"].refusal) == ("", "filed")
    client = in_english(client_for(cast.reviewer))
    page = said(client.get("/reports/2008/2008-Q2/bulk/remind/?agency=p82"))
    assert f"returned on 16/07/2008, not submitted again; {cast.approver.user}" in page
    assert "Thiếu số giải ngân." in page
    with django_capture_on_commit_callbacks(execute=True):
        act_on_many(q2, "remind", ["p82"], actor=cast.reviewer, stated=Stated(), token="back")
    letter = next(one for one in mail.outbox if one.to == [cast.editor.user.email])
    for words in ("trả lại", "16/07/2008", "Thiếu số giải ngân.", "/reports/2008/2008-Q2/agencies/p82/"):
        assert words in letter.body
    assert "quá hạn" not in letter.body  # after a return no deadline stands
    assert "reminded on 18/07/2008" in said(in_english(client_for(cast.editor)).get("/"))
    assert "/acts/remind/" in client.get("/reports/2008/2008-Q2/agencies/p82/").content.decode()
    with pytest.raises(Refused) as refused:
        remind(report, actor=cast.reviewer)
    assert refused.value.code == "reminded_today"
    again = {"state": "submitted", "submitted_at": clock.now(), "submitted_by": cast.editor.user}
    Filing.objects.filter(report=report, number=2).update(**again, sha256="1" * 64)
    with pytest.raises(WrongState):
        remind(report, actor=cast.reviewer, again=True)


def test_whom_a_letter_did_not_reach_is_named(
    cast: Cast,
    q2: Cycle,
    client_for: ClientFor,
    django_capture_on_commit_callbacks: Any,
    settings: Settings,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with django_capture_on_commit_callbacks(execute=True):
        act = act_on_many(q2, "remind", ["p82"], actor=cast.reviewer, stated=Stated(), token="one")
    names = f"{cast.approver.user}, {cast.editor.user}"
    client = in_english(client_for(cast.reviewer))
    assert f"not delivered : {names}" in said(client.get("/reports/2008/2008-Q2/agencies/p82/"))
    receipt = said(client.get(f"/bulk-acts/{act.pk}/"))
    assert "The mail server did not take these letters" in receipt
    assert names in receipt
    [row] = caller_for(cast.reviewer, "read").get("reminders/").json()["results"]
    assert row["undelivered"] == row["recipients"] == names.split(", ")
    assert "2 letters were not delivered." in [str(one.text) for one in missing_for(cast.admin)]
    page = said(in_english(client_for(cast.admin)).get("/administration/letters/"))
    assert cast.approver.user.email in page
    assert "Connection refused" in page


def test_a_letter_for_paper_is_made_where_nobody_acts(cast: Cast, q2: Cycle) -> None:
    report = q2.reports.get(agency__key="p01")
    with pytest.raises(Refused) as refused:
        remind(report, actor=cast.reviewer)
    assert refused.value.code == "no_recipient"
    made = remind(report, actor=cast.reviewer, paper=True, document="34/BTTTT")
    assert (made.recipients, mail.outbox) == ([], [])
    printed = text_of(letters_pdf([made]))
    for words in (
        "Số: 34/BTTTT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Ủy ban nhân dân thành phố Hà Nội",
        "./.",
    ):
        assert words in printed
    made.body = "Đề nghị nộp tại địa chỉ:\nhttp://cong.example/reports/"
    assert printed_letter(made).paragraphs[-1].text == "http://cong.example/reports/"


def test_a_successor_is_written_to_for_whom_it_succeeded(cast: Cast) -> None:
    ha_tay, ha_noi = Agency.objects.get(key="p28"), Agency.objects.get(key="p01")
    person = Membership.objects.create(user=cast.viewer.user, agency=ha_noi, role="editor")
    assert Succession.objects.filter(predecessor=ha_tay, successor=ha_noi).exists()
    assert recipients_of([ha_tay])[ha_tay.pk] == []
    with clock.at("2008-08-02T09:00"):
        assert recipients_of([ha_tay])[ha_tay.pk] == [person.user]


def test_the_work_list_says_when_one_was_reminded(cast: Cast, q2: Cycle) -> None:
    remind(q2.reports.get(agency__key="p82"), actor=cast.reviewer)
    for membership in (cast.editor, cast.approver):
        found = [one for one in items(membership) if "2008-Q2" in one.url]
        assert ["18/07/2008" in str(one.detail) for one in found] == [True]


def test_agencies_without_a_plan_are_reminded_by_its_day(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    keys = [one.key for one in without_plan(programme)]
    assert len(keys) > 80
    assert {"p82", "p40"} <= set(keys)
    found = {one.agency.key: one for one in plan_reminders(programme, ["p82", "p01"], Stated(), cast.admin)}
    assert (found["p82"].refusal, found["p82"].after, found["p01"].refusal) == ("", "2", "no_recipient")
    act = remind_of_plans(programme, ["p82"], actor=cast.admin, stated=Stated(), token="one")
    assert remind_of_plans(programme, ["p82"], actor=cast.admin, stated=Stated(), token="one") == act
    kept = Reminder.objects.get()
    assert (kept.report, kept.agency.key, "29/06/2008" in kept.body) == (None, "p82", True)
    (again,) = plan_reminders(programme, ["p82"], Stated(), cast.reviewer)
    assert again.refusal == "reminded_today"
    began = [one for one in items(cast.editor) if "programme=2009-2010" in one.url]
    assert ["18/07/2008" in str(one.detail) for one in began] == [True]
    Programme.objects.filter(pk=programme.pk).update(plan_deadline=None)
    (none,) = plan_reminders(Programme.objects.get(pk=programme.pk), ["p82"], Stated(again=True), cast.admin)
    assert none.refusal == "no_deadline"


def test_a_reminder_is_kept_as_it_was_sent(cast: Cast, q2: Cycle) -> None:
    made = remind(q2.reports.get(agency__key="p82"), actor=cast.reviewer)
    assert made.sent_on == date(2008, 7, 18)
    made.body = "Khác."
    with pytest.raises(Exception, match="rows are only added"):
        made.save()
