"""The reference texts of letters: placeholders, preview, the default text, two at once, the API."""

import json
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from agencies import audit, letters
from agencies.letters import LetterKind, kinds
from agencies.letters.actions import edit_letter, restore_letter
from agencies.models import AuditEntry, LetterText
from core.findings import Conflict, NotAllowed, Refused
from tests.api.calling import caller_for, codes
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
KIND = LetterKind(
    "try-out",
    "A letter of the tests",
    "Về việc {matter}",
    "Đề nghị xem {matter} tại {link}.",
    {"matter": "the matter", "link": "where it stands"},
    required=frozenset({"link"}),
    samples={"matter": "kế hoạch mẫu"},
)
LIST = "/administration/letters/"
PAGE = f"{LIST}try-out/"


@pytest.fixture(autouse=True)
def _one_more_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {one.key: one for one in letters.all_kinds()})
    letters.register(KIND)


def edit(cast: Cast, subject: str, body: str, version: int = 0) -> LetterText:
    return edit_letter(KIND, subject=subject, body=body, version=version, actor=cast.admin)


def test_everything_that_is_wrong_is_said_at_once_at_its_place(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        edit(cast, "Về {matter} {thing}", "Xin chào {\n{nobody}")
    found = [(one.code, one.place.path, one.value) for one in refusal.value.findings]
    assert found == [
        ("placeholder_unknown", "subject", "{thing}"),
        ("brace_alone", "body", "Xin chào {"),
        ("placeholder_unknown", "body", "{nobody}"),
        ("placeholder_missing", "body", "link"),
    ]
    for subject, body, code in (
        ("", "{link}", "text_missing"),
        ("x", "", "text_missing"),
        ("x" * 201, "{link}", "text_too_long"),
        ("x", "{link}" + "y" * 10_000, "text_too_long"),
    ):
        with pytest.raises(Refused) as refusal:
            edit(cast, subject, body)
        assert code in {one.code for one in refusal.value.findings}
    with pytest.raises(NotAllowed):
        edit_letter(KIND, subject="x", body="{link}", version=0, actor=cast.reviewer)
    assert not LetterText.objects.exists()
    assert not AuditEntry.objects.filter(verb="edit_letter").exists()


def test_a_text_is_changed_and_put_back_each_with_its_entry(cast: Cast) -> None:
    row = edit(cast, "Một", "Hai {link}")
    assert (row.row_version, row.changed_by, letters.compose(KIND.key, VALUES).subject) == (
        1,
        cast.admin,
        "Một",
    )
    assert edit(cast, "Một", "Hai {link}", version=1).row_version == 1  # nothing to change
    assert restore_letter(KIND, version=1, actor=cast.admin).row_version == 2
    assert letters.compose(KIND.key, VALUES).subject == "Về việc x"
    entries = AuditEntry.objects.filter(object_kind="agencies.lettertext").order_by("sequence")
    assert [one.verb for one in entries] == ["edit_letter", "restore_letter"]
    assert json.loads(entries[1].data)["before"] == {"subject": "Một", "body": "Hai {link}"}
    assert audit.verify().broken_at is None


VALUES = {"matter": "x", "link": "y"}


def test_of_two_who_change_one_text_the_second_chooses(client_for: ClientFor, cast: Cast) -> None:
    edit(cast, "Một", "Hai {link}")
    with pytest.raises(Conflict) as conflict:
        edit(cast, "Ba", "Hai {link}")
    assert (conflict.value.yours, conflict.value.theirs) == ({"subject": "Ba"}, {"subject": "Một"})
    client = in_english(client_for(cast.admin))
    answer = client.post(PAGE, {"subject": "Ba", "body": "Hai {link}", "row_version": "0"})
    assert answer.status_code == 409
    words = said(answer)
    assert "Somebody saved this row before you" in words
    assert "Đặng Văn Quản Trị" in words
    chosen = {"subject": "Ba", "body": "Hai {link}", "row_version": "1"}
    assert client.post(PAGE, chosen).status_code == 302
    assert letters.compose(KIND.key, VALUES).subject == "Ba"


def test_the_pages_list_preview_save_and_put_back(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    words = said(client.get(LIST))
    assert "A letter of the tests" in words
    assert "Greeting and signature of every letter" in words
    assert "1 letter As XLSX" in said(client.get(f"{LIST}?q=a letter of the TESTS"))
    first = said(client.get(PAGE))
    assert "Kính gửi: Ông/Bà Nguyễn Văn An" in first  # the frame around it
    assert "{link} where it stands (needed)" in first
    shown = said(client.post(PAGE, {"subject": "S", "body": "Thử {matter} {link}", "preview": "1"}))
    assert "Thử kế hoạch mẫu where it stands" in shown
    wrong = client.post(PAGE, {"subject": "S", "body": "Thử {x}", "row_version": "0"})
    assert wrong.status_code == 422
    assert "“{x}” is not a placeholder of this letter" in said(wrong)
    assert client.post(PAGE, {"subject": "S", "body": "Thử {link}", "row_version": "0"}).status_code == 302
    assert "changed Đặng Văn Quản Trị, 20/06/2008" in said(client.get(LIST))
    assert "The default text" in said(client.get(PAGE))
    book = load_workbook(BytesIO(client.get(f"{LIST}export.xlsx").content)).worksheets[0]
    assert ("A letter of the tests", "S", "Thử {link}") in [row[:3] for row in book.values]
    assert client.post(f"{PAGE}restore/", {"row_version": "1"}).status_code == 302
    assert "changed Đặng" not in said(client.get(LIST))
    assert client.get(f"{LIST}nobody/").status_code == 404


def test_a_program_edits_on_the_version_it_read(cast: Cast) -> None:
    api = caller_for(cast.admin)
    first = api.get("letters/try-out/")
    assert first.json()["placeholders"][1] == {"name": "link", "help": "where it stands", "required": True}
    assert api.get("letters/").json()["count"] == len(letters.all_kinds())
    said: dict[str, Any] = {"subject": "S", "body": "{link}"}
    assert api.post("letters/try-out/", said, "PUT").status_code == 428
    assert api.post("letters/try-out/", said, "PUT", If_Match='"old"').status_code == 412
    wrong = api.post("letters/try-out/", {"subject": "S", "body": "{x}"}, "PUT", If_Match=first["ETag"])
    assert codes(wrong) == [("placeholder_unknown", "/body"), ("placeholder_missing", "/body")]
    done = api.post("letters/try-out/", said, "PUT", If_Match=first["ETag"])
    assert (done.status_code, done.json()["subject"], done.json()["is_edited"]) == (200, "S", True)
    assert done.json()["changed_by"] == "Đặng Văn Quản Trị"
    again = api.get("letters/try-out/", headers={"If-None-Match": done["ETag"]})
    assert again.status_code == 304
    back = api.post("letters/try-out/restore/", {}, If_Match=done["ETag"])
    assert (back.status_code, back.json()["is_edited"]) == (200, False)
