"""What the tests of indicators share: an outline that asks for five figures, and a draft that answers it."""

from datetime import datetime

import pytest
from django.test import Client

from indicators.models import Indicator, OutlineIndicator
from plans.content.actions import create_plan
from plans.models import Plan, Programme
from tests.cast import Cast
from tests.reading import ClientFor, in_english

# Code, kind, unit, numerator and denominator, classes that are asked, the words that ask.
ASKED: tuple[tuple[str, str, str, str, str, list[str], str], ...] = (
    ("t-phones", "amount", "máy/100 dân", "", "", [], "Mật độ thuê bao điện thoại"),
    ("t-computers", "ratio", "%", "Số máy tính", "Số cán bộ, công chức", [], "tỷ lệ máy tính/cán bộ"),
    ("t-networked", "ratio", "%", "Số máy nối mạng", "Số máy tính", [], "kết nối mạng của các máy tính"),
    ("t-lans", "milestone", "", "", "", ["provinces", "central-cities"], "kết nối giữa các mạng LAN"),
    ("t-ministry-lans", "count", "mạng", "", "", ["ministries"], "số mạng LAN của các cơ quan trực thuộc"),
)
OF_A_PROVINCE = ["t-phones", "t-computers", "t-networked", "t-lans"]


@pytest.fixture
def outline(cast: Cast) -> Programme:
    """The programme 2009-2010, which asks for the figures of ASKED and for nothing else."""
    programme = Programme.objects.get(code="2009-2010")
    programme.outline_indicators.all().delete()
    for position, (code, kind, unit, part, whole, classes, words) in enumerate(ASKED, start=1):
        indicator = Indicator.objects.create(
            code=code,
            name=f"Chỉ tiêu {code}",
            kind=kind,
            unit=unit,
            numerator=part,
            denominator=whole,
            may_exceed_whole=code == "t-computers",
            position=1000 + position,
        )
        OutlineIndicator.objects.create(
            programme=programme,
            number="II.1.b",
            indicator=indicator,
            classes=classes,
            guidance=words,
            position=position,
        )
    Programme.objects.filter(pk=programme.pk).update(asks_route=True)
    programme.refresh_from_db()
    return programme


@pytest.fixture
def draft(outline: Programme, cast: Cast, june_2008: datetime) -> Plan:
    """Tiền Giang's plan 2009-2010 as it begins: four figures to fill in."""
    return create_plan(outline, actor=cast.editor)


@pytest.fixture
def editor(client_for: ClientFor, cast: Cast) -> Client:
    """The browser of Tiền Giang's editor, in English."""
    return in_english(client_for(cast.editor))
