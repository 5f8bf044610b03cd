"""What bars an act on agencies: each refusal names place, value and remedy, and nothing is written."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from agencies.changes.checks import findings_of
from agencies.changes.register import Register
from agencies.changes.shapes import (
    Basis,
    Change,
    Create,
    Edit,
    End,
    Merge,
    MovePeople,
    NewAgency,
    Remove,
    Rename,
    Split,
)
from agencies.models import Agency, Membership
from core.findings import Finding
from tests.agencies.changes import BASIS, DOCUMENT, ON, agency, codes, do, made, refused
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

NGHE_AN, HA_TAY, HA_NOI, TIEN_GIANG = "p40", "p28", "p01", "p82"
NEW = NewAgency("Tỉnh Mới", "", "tinh")


def on(day: date) -> Basis:
    return Basis(DOCUMENT, day)


def parts(*names: str) -> list[NewAgency]:
    return [NewAgency(name, "", "tinh") for name in names]


# Act -> what is wrong with it: code and place.
REFUSALS: dict[str, tuple[Callable[[], Change], str, str]] = {
    "no document": (lambda: Create(NEW, Basis(" ", ON)), "document_missing", "document"),
    "a document too long": (lambda: Create(NEW, Basis("x" * 101, ON)), "too_long", "document"),
    "no day": (lambda: Create(NEW, Basis(DOCUMENT, None)), "date_missing", "on"),
    "no name": (lambda: Create(NewAgency(" ", "", "tinh"), BASIS), "name_missing", "name"),
    "a name too long": (lambda: Create(NewAgency("x" * 501, "x", "tinh"), BASIS), "too_long", "name"),
    "no kind": (lambda: Create(NewAgency("Tỉnh Mới"), BASIS), "kind_missing", "kind"),
    "an unknown kind": (lambda: Create(NewAgency("Tỉnh Mới", "", "xa"), BASIS), "kind_missing", "kind"),
    "a code with letters": (
        lambda: Create(NewAgency("Tỉnh Mới", "", "tinh", province_code="4A"), BASIS),
        "code_form",
        "province_code",
    ),
    "a code in use": (
        lambda: Create(NewAgency("Tỉnh Mới", "", "tinh", province_code="40"), BASIS),
        "code_taken",
        "province_code",
    ),
    "a code that is in use later": (
        lambda: Create(NewAgency("Tỉnh Mới", "", "tinh", province_code="82"), on(date(2025, 7, 1))),
        "code_taken",
        "province_code",
    ),
    "a name in use": (lambda: Create(NewAgency("TỈNH NGHỆ AN", "", "tinh"), BASIS), "name_taken", "name"),
    "a parent that has ended": (
        lambda: Create(NewAgency("Sở Mới", "", "so", agency(HA_TAY)), BASIS),
        "parent_absent",
        "parent",
    ),
    "the same name": (lambda: Rename(agency(NGHE_AN), "Tỉnh Nghệ An", "", BASIS), "name_same", "name"),
    "a new name in use": (
        lambda: Rename(agency(NGHE_AN), "Tỉnh Cao Bằng", "", BASIS),
        "name_taken",
        "name",
    ),
    "renamed after its end": (
        lambda: Rename(agency(HA_TAY), "Tỉnh Mới", "", on(date(2009, 1, 1))),
        "after_end",
        "on",
    ),
    "renamed although its end is recorded": (
        lambda: Rename(agency(TIEN_GIANG), "Tỉnh Mới", "", BASIS),
        "agency_ended",
        "on",
    ),
    "renamed before it began": (
        lambda: Rename(agency("p24n"), "Tỉnh Mới", "", BASIS),
        "before_began",
        "on",
    ),
    "renamed on its first day": (
        lambda: Rename(agency("p24n"), "Tỉnh Mới", "", on(date(2025, 7, 1))),
        "before_began",
        "on",
    ),
    "a merger of none": (lambda: Merge([], agency(HA_NOI), BASIS), "merge_of_none", "agencies"),
    "a merger of one into a new one": (
        lambda: Merge([agency(NGHE_AN)], NEW, BASIS),
        "merge_of_one",
        "agencies",
    ),
    "a merger without day": (
        lambda: Merge([agency(NGHE_AN)], agency(HA_NOI), Basis(DOCUMENT, None)),
        "date_missing",
        "on",
    ),
    "a merger into nobody": (
        lambda: Merge([agency(NGHE_AN), agency(HA_NOI)], None, BASIS),
        "successor_missing",
        "into",
    ),
    "a merger into one of those that end": (
        lambda: Merge([agency(NGHE_AN), agency(HA_NOI)], agency(HA_NOI), BASIS),
        "successor_among",
        "into",
    ),
    "a merger into one that its own successor takes over": (
        lambda: Merge([agency(HA_NOI)], agency(HA_TAY), on(date(2008, 7, 1))),
        "circle",
        "into",
    ),
    "a merger into one that does not exist any more": (
        lambda: Merge([agency(NGHE_AN)], agency(HA_TAY), BASIS),
        "successor_absent",
        "into",
    ),
    "a merger into one that does not exist yet": (
        lambda: Merge([agency(NGHE_AN)], agency("p82n"), BASIS),
        "successor_absent",
        "into",
    ),
    "a merger of one that has ended": (
        lambda: Merge([agency(NGHE_AN), agency(HA_TAY)], agency(HA_NOI), on(date(2009, 1, 1))),
        "after_end",
        "agencies",
    ),
    "a split into one": (
        lambda: Split(agency(NGHE_AN), parts("Tỉnh Bắc"), 0, BASIS),
        "split_of_few",
        "parts",
    ),
    "a split into none although it goes on": (
        lambda: Split(agency(NGHE_AN), [], None, BASIS, continues=True),
        "split_of_few",
        "parts",
    ),
    "a split that nobody takes over": (
        lambda: Split(agency(NGHE_AN), parts("Tỉnh Bắc", "Tỉnh Nam"), None, BASIS),
        "principal_missing",
        "principal",
    ),
    "a split into itself": (
        lambda: Split(agency(NGHE_AN), [agency(NGHE_AN), *parts("Tỉnh Nam")], 1, BASIS),
        "successor_among",
        "parts-0-existing",
    ),
    "two parts of one name": (
        lambda: Split(agency(NGHE_AN), parts("Tỉnh Bắc", "TỈNH BẮC"), 0, BASIS),
        "part_twice",
        "parts-1-name",
    ),
    "two parts of one code": (
        lambda: Split(
            agency(NGHE_AN),
            [NewAgency(f"Tỉnh {n}", "", "tinh", province_code="77") for n in ("Bắc", "Nam")],
            0,
            BASIS,
        ),
        "code_taken",  # 77 is Bà Rịa - Vũng Tàu's besides
        "parts-1-province_code",
    ),
    "a part with another's code": (
        lambda: Split(
            agency(NGHE_AN),
            [NewAgency("Tỉnh Bắc", "", "tinh", province_code="04"), *parts("Tỉnh Nam")],
            1,
            BASIS,
        ),
        "code_taken",
        "parts-0-province_code",
    ),
    "an end before it began": (lambda: End(agency("p24n"), None, BASIS), "before_began", "on"),
    "an end that is recorded": (lambda: End(agency(TIEN_GIANG), None, BASIS), "agency_ended", "on"),
    "an end into itself": (
        lambda: End(agency(NGHE_AN), agency(NGHE_AN), BASIS),
        "successor_among",
        "successor",
    ),
    "nothing corrected": (
        lambda: Edit(agency(NGHE_AN), agency(NGHE_AN).place, agency(NGHE_AN).note, "x"),
        "nothing_changed",
        "place",
    ),
    "a correction without a reason": (
        lambda: Edit(agency(NGHE_AN), "Vinh", "", " "),
        "reason_missing",
        "reason",
    ),
    "a place too long": (lambda: Edit(agency(NGHE_AN), "x" * 101, "", "x"), "too_long", "place"),
    "a correction of one that has ended": (
        lambda: Edit(agency("m-bcvt"), "Hà Nội", "", "x"),
        "agency_ended",
        "place",
    ),
    "removed without a reason": (lambda: Remove(agency(NGHE_AN), ""), "reason_missing", "reason"),
    "people of one that has not ended": (lambda: MovePeople(agency(TIEN_GIANG)), "not_ended", ""),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_an_act_that_cannot_be_is_refused_at_its_field(cast: Cast, case: str) -> None:
    build, code, place = REFUSALS[case]
    refusal = refused(build(), cast)
    assert (code, place) in {(one.code, one.place.path) for one in refusal.findings}


def all_findings() -> list[Finding]:
    register = Register.read()
    return [one for build, _code, _place in REFUSALS.values() for one in findings_of(build(), register)]


def test_every_refusal_says_what_to_do_next(cast: Cast) -> None:
    with translation.override("en"):
        for finding in all_findings():
            remedy = str(finding.text).rstrip(".").split(". ")[-1].split("; ")[-1].split(": ")[-1]
            assert len(remedy) >= len("Shorten it"), finding
            text = str(finding.text).casefold()
            assert finding.value.casefold() in text or len(finding.value) > 40, finding


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    change = Merge([agency(HA_TAY), agency(TIEN_GIANG)], agency("p82n"), Basis("", date(2008, 7, 1)))
    assert codes(refused(change, cast)) == {
        "document_missing",
        "agency_ended",
        "successor_absent",
    }


def test_a_code_in_use_names_the_other_agency_and_its_period(cast: Cast) -> None:
    with translation.override("en"):
        new = NewAgency("Tỉnh Mới", "", "tinh", province_code="82")
        texts = [str(one.text) for one in refused(Create(new, BASIS), cast).findings]
    assert texts == [
        "The code 82 is that of Tỉnh Tiền Giang until 30/06/2025. Give another code, or a later day.",
        "The code 82 is that of Tỉnh Đồng Tháp from 01/07/2025 on. Give another code, or a later day.",
    ]


def test_a_code_is_free_again_once_its_agency_has_ended(cast: Cast) -> None:
    first = made(cast, "Tỉnh Một", province_code="7777")
    do(End(first, None, BASIS), cast)
    assert made(cast, "Tỉnh Hai", on=ON, province_code="7777").province_code == "7777"


def test_a_circle_through_generations_is_refused(cast: Cast) -> None:
    one, two, three = (made(cast, f"Tỉnh {n}") for n in ("Một", "Hai", "Ba"))
    do(Merge([one], two, on(date(2020, 1, 1))), cast)
    do(Merge([two], three, on(date(2021, 1, 1))), cast)
    refusal = refused(Merge([three], one, on(date(2009, 1, 1))), cast)
    assert codes(refusal) == {"circle"}


def test_what_came_of_it_before_does_not_come_of_it_again(cast: Cast) -> None:
    old = made(cast, "Tỉnh Cả")
    part = do(Split(old, parts("Tỉnh Bắc"), None, BASIS, continues=True), cast).made[0]
    again = Split(old, [part], None, on(date(2009, 1, 1)), continues=True)
    assert codes(refused(again, cast)) == {"succession_exists"}


def test_people_cannot_follow_to_nobody(cast: Cast) -> None:
    old = made(cast, "Ban Một", kind="don_vi")
    do(End(old, None, on(date(2008, 6, 1))), cast)
    assert codes(refused(MovePeople(old), cast)) == {"no_successor"}


def test_districts_of_two_provinces_may_have_one_name(cast: Cast) -> None:
    for key in (NGHE_AN, "p04"):
        made(cast, "Huyện Châu Thành", kind="quan_huyen", parent=agency(key))
    twice = NewAgency("Huyện Châu Thành", "", "quan_huyen", agency(NGHE_AN))
    assert codes(refused(Create(twice, BASIS), cast)) == {"name_taken"}


def test_the_last_administrator_is_not_left_behind(cast: Cast) -> None:
    home = made(cast, "Ban Một", kind="don_vi")
    Agency.objects.update(keeps_portal=False)
    Agency.objects.filter(pk=home.pk).update(keeps_portal=True)
    Membership.objects.filter(pk=cast.admin.pk).update(agency=home)
    actor = Membership.objects.get(pk=cast.admin.pk)
    other = Agency.objects.get(key=NGHE_AN)
    moved = cast.__class__(**{**{f: getattr(cast, f) for f in cast.__dataclass_fields__}, "admin": actor})
    assert refused(End(home, other, BASIS), moved).code == "last_administrator"
    assert do(End(home, other, BASIS), moved, with_people=True).moved == 1
