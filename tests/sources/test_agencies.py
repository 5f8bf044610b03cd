"""Agencies through time as loaded: how many there are on a day, who is addressed, what readers are told."""

from collections import Counter
from datetime import date

import pytest

from agencies.models import Agency, AgencyGroup, AgencyKind, Succession
from agencies.models.agency import CLASSES
from plans.models import Programme

pytestmark = pytest.mark.django_db

BODIES = {
    "tw-vp-tw-dang": "Văn phòng Trung ương Đảng",
    "tw-vp-ctn": "Văn phòng Chủ tịch nước",
    "tw-vp-qh": "Văn phòng Quốc hội",
    "tw-tandtc": "Toà án nhân dân tối cao",
    "tw-vksndtc": "Viện Kiểm sát nhân dân tối cao",
    "tw-ktnn": "Kiểm toán Nhà nước",
    "tw-mttq": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "tw-tldld": "Tổng Liên đoàn Lao động Việt Nam",
    "tw-doan-tncs": "Trung ương Đoàn Thanh niên cộng sản Hồ Chí Minh",
    "tw-hoi-lhpn": "Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
    "tw-hoi-ccb": "Hội Cựu chiến binh Việt Nam",
    "tw-hoi-nong-dan": "Hội Nông dân Việt Nam",
}


def kinds(on: date) -> Counter[str]:
    return Counter(Agency.objects.in_force(on).values_list("kind", flat=True))


def provinces(on: date) -> int:
    return Agency.objects.in_force(on).of_classes(["central-cities", "provinces"]).count()


@pytest.mark.parametrize(
    ("on", "ministries", "ministerial", "local"),
    [
        (date(2008, 3, 24), 18, 4, 64),
        (date(2008, 7, 31), 18, 4, 64),
        (date(2008, 8, 1), 18, 4, 63),
        (date(2010, 8, 27), 18, 4, 63),
        (date(2025, 2, 28), 18, 4, 63),
        (date(2025, 3, 1), 14, 3, 63),
        (date(2025, 6, 30), 14, 3, 63),
        (date(2025, 7, 1), 14, 3, 34),
    ],
)
def test_how_many_agencies_there_are_on_a_day(
    on: date, ministries: int, ministerial: int, local: int
) -> None:
    found = kinds(on)
    assert (found[AgencyKind.MINISTRY], found[AgencyKind.MINISTERIAL], provinces(on)) == (
        ministries,
        ministerial,
        local,
    )


def test_the_ministries_of_march_2008_are_the_pilots_and_the_others() -> None:
    listed = Agency.objects.in_force(date(2008, 3, 24)).of_classes(["ministries"])
    groups = {"pilot-ministries-2008", "non-pilot-ministries-2008"}
    assert listed.count() == 22
    assert set(listed) == set(Agency.objects.filter(groups__key__in=groups))


def test_the_provinces_of_march_2008_are_49_and_6_pilots_and_9_others() -> None:
    listed = Agency.objects.in_force(date(2008, 3, 24)).of_classes(["central-cities", "provinces"])
    groups = {"pilot-provinces-2008", "supported-provinces-2008"}
    assert (
        listed.filter(groups__key__in=groups).count(),
        listed.exclude(groups__key__in=groups).count(),
    ) == (55, 9)


def test_a_province_code_is_valid_for_a_time_only() -> None:
    def bearer(on: date) -> str:
        return Agency.objects.in_force(on).get(province_code="82").short_name

    assert (bearer(date(2008, 3, 24)), bearer(date(2025, 6, 30))) == ("Tiền Giang", "Tiền Giang")
    assert bearer(date(2025, 7, 1)) == "Đồng Tháp"


def test_codes_are_of_one_agency_on_any_day() -> None:
    for on in (date(2008, 3, 24), date(2008, 8, 1), date(2025, 1, 1), date(2025, 7, 1)):
        codes = Agency.objects.in_force(on).exclude(province_code="").values_list("province_code", flat=True)
        assert len(codes) == len(set(codes)), on


def test_every_agency_that_ended_has_one_principal_successor() -> None:
    ended = Agency.objects.filter(valid_to__isnull=False)
    assert ended.count() > 60
    assert not [
        one.key
        for one in ended.exclude(kind=AgencyKind.DEPARTMENT).prefetch_related("successions")
        if [step.principal for step in one.successions.all()] != [True]
    ]


def test_a_new_name_is_a_new_row_and_a_merger_names_its_document() -> None:
    renamed = Succession.objects.filter(kind=Succession.Kind.RENAMED)
    assert dict(renamed.values_list("predecessor__key", "successor__key")) == {
        "m-bcvt": "m-tttt",
        "m-ubdt": "m-dttg25",
        "p46": "p46n",
        "s-bcvt-82": "s-tttt-82",
    }
    merged = Succession.objects.get(predecessor__key="p82")
    assert (merged.successor.key, merged.on) == ("p82n", date(2025, 7, 1))
    assert merged.document_number == merged.predecessor.end_basis == merged.successor.basis
    assert merged.document_number.startswith("Nghị quyết 202/2025/QH15")


def test_the_bodies_of_point_2_11_exist_and_are_obliged_to_nothing() -> None:
    bodies = Agency.objects.filter(kind=AgencyKind.CENTRAL_BODY)
    assert dict(bodies.values_list("key", "name")) == BODIES
    assert set(bodies.values_list("note", flat=True)) == {"theo QĐ 1605, Điều 2.11"}
    named = {
        kind
        for programme in Programme.objects.all()
        for name in (
            *programme.planning_classes,
            *(n for r in programme.regimes.all() for n in r.obliged_classes),
        )
        for kind in CLASSES[name]
    }
    assert AgencyKind.CENTRAL_BODY not in named


def test_agencies_under_the_government_are_addressed_and_listed_nowhere() -> None:
    group = AgencyGroup.objects.get(key="government-agencies")
    assert (group.memberships.count(), group.document_number) == (0, "")
    assert group.note == "văn bản không in danh mục; thành viên do quản trị nhập"
    addressed = {
        one.code: (
            "government-agencies" in one.planning_classes,
            any("government-agencies" in regime.obliged_classes for regime in one.regimes.all()),
        )
        for one in Programme.objects.all()
    }
    assert addressed == {
        "2008": (False, False),
        "2007-2010-tien-giang": (False, False),
        "2009-2010": (True, False),
        "2011-2015": (True, True),
    }
    assert not Agency.objects.filter(kind=AgencyKind.GOVERNMENT_AGENCY).exists()


def test_other_groups_have_members() -> None:
    assert not AgencyGroup.objects.exclude(key="government-agencies").filter(memberships=None).exists()


def test_only_the_carving_out_of_2009_2010_is_asked_for() -> None:
    assert list(Programme.objects.filter(asks_route=True).values_list("code", flat=True)) == ["2009-2010"]


def test_remarks_are_written_for_readers_of_vietnamese() -> None:
    remarks = [text for one in Agency.objects.values_list("note", "verification") for text in one if text]
    assert len(remarks) > 150
    english = {"unverified", "seen", "formed", "merged", "from", "name", "dates", "with", "absorbed", "note"}
    assert not [
        text for text in remarks if english & set(text.lower().replace(",", " ").replace(":", " ").split())
    ]
    assert sum("chưa kiểm chứng" in text for text in remarks) > 100
