"""Letters by e-mail: kinds, values put in, the edited text, sending after the commit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_lazy

from agencies import letters
from agencies.letters import LetterKind, kinds
from agencies.models import LetterText, UndeliveredLetter, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
KIND = LetterKind(
    "try-out",
    "A letter of the tests",
    "Về việc {matter}",
    "Đề nghị {agency} xem {matter} tại {link}.",
    {"matter": "the matter", "agency": "the agency", "link": "where it stands"},
    required=frozenset({"link"}),
    samples={"agency": "Tỉnh Tiền Giang"},
)
VALUES = {"matter": "kế hoạch {agency}", "agency": "Tỉnh Nghệ An", "link": "https://portal.example/plans/"}


@pytest.fixture(autouse=True)
def _one_more_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {one.key: one for one in letters.all_kinds()})
    letters.register(KIND)


def edited(cast: Cast, body: str, key: str = KIND.key, subject: str = "Về {matter}") -> LetterText:
    from core import clock

    return LetterText.objects.create(
        key=key, subject=subject, body=body, changed_by=cast.admin, changed_at=clock.now()
    )


def test_values_are_put_in_once_and_a_lazy_one_in_vietnamese() -> None:
    with translation.override("en"), CaptureQueriesContext(connection) as queries:
        letter = letters.compose(KIND.key, {**VALUES, "agency": gettext_lazy("Ministry")})
    assert letter.subject == "Về việc kế hoạch {agency}"
    assert letter.body == "Đề nghị Bộ xem kế hoạch {agency} tại https://portal.example/plans/.\n"
    assert len(queries) == 1
    # A value of several lines cannot break out of the subject.
    assert letters.compose(KIND.key, {**VALUES, "matter": "a\r\nBcc: b"}).subject == "Về việc a Bcc: b"


def test_an_error_of_the_programmer_is_one() -> None:
    with pytest.raises(ValueError, match="link"):
        letters.compose(KIND.key, {"matter": "a", "agency": "b"})
    with pytest.raises(ValueError, match="more"):
        letters.compose(KIND.key, {**VALUES, "more": "c"})
    with pytest.raises(KeyError):
        letters.compose("nobody-registered-it", {})
    for kind, said in (
        (LetterKind("odd", "", "{a}", "", {}), "does not declare"),
        (LetterKind("odd", "", "", "", {"a": ""}, required=frozenset({"a"})), "requires"),
        (LetterKind(KIND.key, "another", "", "", {}), "two kinds"),
    ):
        with pytest.raises(ValueError, match=said):
            letters.register(kind)


def test_the_edited_text_is_sent_unless_the_kind_has_changed_under_it(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    row = edited(cast, "Xem {link}.")
    assert letters.compose(KIND.key, VALUES).body == "Xem https://portal.example/plans/.\n"
    for body in ("Xem {link} {gone}.", "Không có đường dẫn."):
        row.body = body
        row.save()
        assert letters.compose(KIND.key, VALUES).body.startswith("Đề nghị Tỉnh Nghệ An")
    assert "no longer fits" in caplog.text
    row.body = ""  # put back to the default
    row.save()
    assert letters.compose(KIND.key, VALUES).subject == "Về việc kế hoạch {agency}"


def test_each_person_gets_a_letter_of_his_own_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any], settings: Any
) -> None:
    settings.PORTAL_URL = "https://portal.example"
    settings.DEFAULT_FROM_EMAIL = "portal@portal.example"
    gone = User.objects.create_user("gone@example.vn", full_name="Đã nghỉ", is_active=False)
    to = [cast.editor.user, cast.approver.user, cast.editor.user, gone]
    with django_capture_on_commit_callbacks(execute=True):
        letters.post(letters.compose(KIND.key, VALUES), to)
        assert not mail.outbox
    assert [one.to for one in mail.outbox] == [[cast.editor.user.email], [cast.approver.user.email]]
    first = mail.outbox[0]
    assert first.from_email == "portal@portal.example"
    assert first.body.startswith(f"Kính gửi: Ông/Bà {cast.editor.user.full_name},\n\nĐề nghị Tỉnh Nghệ An")
    assert "\nhttps://portal.example/\n" in first.body
    edited(cast, "Chào {recipient}!\n{letter}", "frame", "[Kế hoạch] {subject}")
    with django_capture_on_commit_callbacks(execute=True):
        letters.post(letters.compose(KIND.key, VALUES), to[:1])
    assert mail.outbox[-1].subject == "[Kế hoạch] Về việc kế hoạch {agency}"
    assert mail.outbox[-1].body.startswith(f"Chào {cast.editor.user.full_name}!\nĐề nghị")


def test_nothing_is_sent_when_the_act_is_rolled_back(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        letters.post(letters.compose(KIND.key, VALUES), [cast.editor.user])
        transaction.set_rollback(True)
    assert not mail.outbox


def test_a_mail_server_that_fails_is_logged_and_breaks_nothing(
    cast: Cast,
    django_capture_on_commit_callbacks: Callable[..., Any],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    letter = letters.compose(KIND.key, VALUES)
    with django_capture_on_commit_callbacks(execute=True):
        letters.post_all(
            [
                letters.Posted(letter, [cast.editor.user], cast.editor),
                letters.Posted(letter, [cast.approver.user]),
            ]
        )
    assert caplog.text.count("cannot be reached; 2 letters") == 1
    first, second = UndeliveredLetter.objects.order_by("id")
    assert (first.user, second.user) == (cast.editor.user, cast.approver.user)
    assert (first.subject, "refused" in first.reason) == (letter.subject, True)
    assert list(UndeliveredLetter.objects.about([cast.editor])) == [first]
    assert not UndeliveredLetter.objects.about([])
