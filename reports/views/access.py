"""Fetching what the reader may see; anything else is a 404."""

from typing import Any, Protocol

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agencies.models import Membership
from agencies.permissions import Relation
from plans.models import with_document
from reports.models import Compilation, Cycle, IssuedFile, Report


class Reader(Protocol):
    """Who asks, and in which membership: the request of a page, an endpoint of the API."""

    @property
    def membership(self) -> Membership: ...


def cycle_of(programme: str, cycle: str) -> Cycle:
    """A period is no secret: everyone signed in knows that it is open."""
    cycles = with_document(Cycle.objects.select_related("programme__lead"), "programme__document")
    return get_object_or_404(cycles, programme__code=programme, code=cycle)


def leads(membership: Membership, cycle: Cycle) -> bool:
    """Whether the reader's agency leads the programme, and so sees every report of the period."""
    return cycle.programme.lead_id in membership.agency_ids


def led_cycle(reader: Reader, programme: str, cycle: str) -> Cycle:
    """The period, for those who lead it: its live figures are nobody else's."""
    found = cycle_of(programme, cycle)
    if not leads(reader.membership, found):
        raise Http404
    return found


def report_of(reader: Reader, programme: str, cycle: str, key: str) -> Report:
    """One agency's obligation, as far as the reader may see it."""
    found = cycle_of(programme, cycle)
    reports = Report.objects.visible_to(reader.membership).select_related("agency")
    report = get_object_or_404(reports, cycle=found, agency__key=key)
    report.cycle = found
    return report


def own_or_led_report(reader: Reader, programme: str, cycle: str, key: str) -> Report:
    """The same for acts: what only was issued is read, not worked on."""
    report = report_of(reader, programme, cycle, key)
    if report.relation_to(reader.membership) == {Relation.FOREIGN}:
        raise Http404
    return report


def compilation_of(reader: Reader, pk: int) -> Compilation:
    """A compilation: the lead's own until it is issued, everyone's from then on."""
    visible = Compilation.objects.visible_to(reader.membership)
    found = with_document(
        visible.select_related("by", "cycle__programme__lead"), "cycle__programme__document"
    )
    return get_object_or_404(found.prefetch_related("issued_files"), pk=pk)


def issued_file_of(pk: int) -> IssuedFile:
    """An issued file is readable by everyone signed in."""
    return get_object_or_404(IssuedFile.objects.select_related("compilation__cycle__programme"), pk=pk)


def cycle_url(page: str, cycle: Cycle, **more: Any) -> str:
    return reverse(page, kwargs={"programme": cycle.programme.code, "cycle": cycle.code, **more})


def report_url(page: str, report: Report, **more: Any) -> str:
    return cycle_url(page, report.cycle, key=report.agency.key, **more)
