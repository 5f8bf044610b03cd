"""The status figures that the outline of a programme asks for, replaced as a whole."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import ClosedSerializer
from core.api.schema import describes
from core.findings import Place
from indicators.asking.actions import GUIDANCE_LENGTH, MOST_ROWS, AskedRow, replace_asked, rows_of
from indicators.models import Indicator
from plans.api.programme_inputs import classes, words
from plans.api.programme_parts import OfProgramme
from plans.api.programme_reading import Keys
from plans.models import Programme
from plans.programmes.checks import at
from plans.programmes.outline import NUMBER_LENGTH


class FigureInput(ClosedSerializer):
    """A figure under a heading of the outline; no classes: every agency that plans is asked."""

    number = serializers.CharField(max_length=NUMBER_LENGTH)
    indicator = serializers.SlugField(max_length=80, help_text="Code of the indicator.")
    classes = classes()
    guidance = words(GUIDANCE_LENGTH, default="")


class StatusFiguresInput(ClosedSerializer):
    """The figures as a whole, in their order."""

    figures = FigureInput(many=True, max_length=MOST_ROWS)


class FigureShown(serializers.Serializer[Any]):
    """A figure that the outline asks for: under which heading, which indicator, of whom, in which words."""

    number = serializers.CharField()
    indicator = serializers.SlugField(source="indicator.code")
    classes = serializers.ListField(child=serializers.CharField())
    guidance = serializers.CharField(allow_blank=True)


class StatusFiguresShown(serializers.Serializer[Any]):
    """The figures in their order."""

    figures = FigureShown(many=True)


class ProgrammeStatusFigures(OfProgramme):
    """The status figures that an outline asks for."""

    @extend_schema(responses=StatusFiguresShown)
    @describes(tagged=True)
    def get(self, request: Request, code: str) -> Response:
        """They become the rows of the status with which a plan begins."""
        return self.tagged_answer(_figures(self.programme))

    @extend_schema(request=StatusFiguresInput, responses=StatusFiguresShown)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str) -> Response:
        """Put these figures in place of those that stand."""
        said, keys = self.said(request, StatusFiguresInput)["figures"], Keys()
        known = Indicator.objects.in_bulk([one["indicator"] for one in said], field_name="code")
        for number, one in enumerate(said):
            if one["indicator"] not in known:
                text = _("There is no indicator “%(code)s”.") % {"code": one["indicator"]}
                keys.findings.append(at(f"{number}-indicator", "indicator_unknown", text, one["indicator"]))
        keys.refuse("asked")
        rows = [
            AskedRow(
                one["number"],
                known[one["indicator"]],
                tuple(dict.fromkeys(one.get("classes", ()))),
                one["guidance"],
            )
            for one in said
        ]
        with self.matched(_figures) as programme:
            replace_asked(programme, rows, actor=self.membership)
        return self.tagged_answer(_figures(programme))

    def pointer_of(self, place: Place) -> str:
        return "/figures/" + place.path.replace("-", "/") if place.path else ""


def _figures(programme: Programme) -> Any:
    return StatusFiguresShown({"figures": rows_of(programme)}).data
