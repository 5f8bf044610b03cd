"""What the pages of one programme share: who may look, who may change, the way back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest
from agencies.permissions import require
from core.findings import Text
from plans.models import Programme
from plans.programmes.filters import all_programmes

Crumbs = list[tuple[Text, str]]


def any_programme(request: ActingRequest, code: str) -> Programme:
    """A programme for those who set up programmes: every administrator may look at all of them."""
    require(request.membership, "programme.manage")
    return get_object_or_404(all_programmes(), code=code)


def own_programme(request: ActingRequest, code: str) -> Programme:
    """One that the reader may change: the own agency leads it."""
    programme = any_programme(request, code)
    require(request.membership, "programme.manage", programme)
    return programme


def programme_url(programme: Programme, name: str = "programme_detail", **more: Any) -> str:
    return reverse(name, kwargs={"code": programme.code, **more})


def crumbs_of(programme: Programme | None = None) -> Crumbs:
    found: Crumbs = [
        (_("Administration"), reverse("administration")),
        (_("Programmes"), reverse("programme_list")),
    ]
    if programme is not None:
        found.append((programme.short_name, programme_url(programme)))
    return found
