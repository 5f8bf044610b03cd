"""Rows of every issued compilation, as its figures were frozen; and the files themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.core.cache import cache
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from plans.open_data.datasets import AGENCY, ON, PROGRAMME, RowData, Selection, TableData
from plans.open_data.fields import Field, Type, fields_of_model
from reports.figures.compliance import frozen
from reports.figures.shapes import ComplianceFigures
from reports.models import Compilation, IssuedFile

LEGAL = "QĐ 43/2008/QĐ-TTg; QĐ 1605/QĐ-TTg"


def issued(selection: Selection) -> QuerySet[Any]:
    """Issued compilations, of a programme, until a day: without their figures, in the order of issue."""
    found = Compilation.objects.filter(issued_files__isnull=False)
    if selection.programme:
        found = found.filter(cycle__programme__code=selection.programme)
    if selection.on:
        found = found.filter(issued_files__issued_on__lte=selection.on)
    with_paper = found.annotate(
        paper=Min("issued_files__number"), paper_on=Min("issued_files__issued_on")
    ).select_related("cycle__programme")
    return with_paper.defer("figures").order_by("paper_on", "pk")


_HEAD = (
    Field("report", _("Number of the report"), Type.TEXT),
    Field("issued_on", _("Issued on"), Type.DATE),
    Field("programme", _("Programme"), Type.KEY),
    Field("cycle", _("Reporting period"), Type.TEXT),
    Field("compilation", _("Compilation"), Type.INTEGER),
    Field("as_of", _("As of"), Type.MOMENT),
    Field("illustrative", _("Illustrative"), Type.BOOLEAN),
)


class IssuedFigures(RowData):
    """Rows of the figures of every issued compilation, one compilation in memory at a time."""

    filters: ClassVar[tuple[str, ...]] = (ON, PROGRAMME)
    legal = LEGAL
    changed_by = (Compilation,)
    verbs = ("issue",)
    loaded = False
    group = "issued"
    own: ClassVar[tuple[Field, ...]]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return (*_HEAD, *self.own)

    def of(self, figures: ComplianceFigures) -> Iterator[Sequence[Any]]:
        raise NotImplementedError

    def rows(self, selection: Selection) -> Iterable[Sequence[Any]]:
        at_agency = next(
            (nth for nth, field in enumerate(self.fields) if AGENCY in self.filters and field.name == AGENCY),
            None,
        )
        for one in issued(selection):
            head = (
                one.paper,
                one.paper_on,
                one.cycle.programme.code,
                one.cycle.code,
                one.number,
                one.as_of,
                one.illustrative,
            )
            for row in self.of(frozen(Compilation.objects.only("figures").get(pk=one.pk))):
                whole = (*head, *row)
                if at_agency is None or selection.agency in ("", whole[at_agency]):
                    yield whole

    def counts(self, selection: Selection) -> Mapping[str, int]:
        """Of all these data sets at once. What is frozen never changes, so it is counted once."""
        keys = {one.pk: f"open-data:{one.pk}:{one.sha256}" for one in issued(selection)}
        known = cache.get_many(keys.values())
        unknown = [pk for pk, key in keys.items() if key not in known]
        for one in Compilation.objects.filter(pk__in=unknown).only("figures").iterator(chunk_size=1):
            known[keys[one.pk]] = _sizes(frozen(one))
            cache.set(keys[one.pk], known[keys[one.pk]], None)
        found = dict.fromkeys(_sets, 0)
        for sizes, agencies in known.values():
            for name, data_set in _sets.items():
                by_agency = selection.agency and AGENCY in data_set.filters
                found[name] += agencies.count(selection.agency) if by_agency else sizes.get(name, 0)
        return found


_sets: dict[str, IssuedFigures] = {}


def counted_together(*sets: IssuedFigures) -> None:
    """Whose rows are counted when a compilation is first asked for its sizes."""
    _sets.update((one.key, one) for one in sets)


def _sizes(figures: ComplianceFigures) -> tuple[dict[str, int], list[str]]:
    """How many rows each data set has of a compilation, and the agencies that owe a report in it."""
    sizes = {name: sum(1 for _row in one.of(figures)) for name, one in _sets.items()}
    return sizes, [one.agency for one in figures.obligations]


class IssuedFiles(TableData):
    key = "issued-files"
    title = _("Issued files")
    text = _(
        "Every file as issued, with its SHA-256 and the head of the audit chain: what a copy is held against."
    )
    legal = LEGAL
    model = IssuedFile
    filters = (ON, PROGRAMME)
    changed_by = (Compilation,)
    verbs = ("issue",)
    loaded = False
    group = "issued"
    ordering = ("issued_on", "id")
    fields = fields_of_model(
        IssuedFile,
        {
            "number": "number",
            "issued_on": "issued_on",
            "format": ("format", _("Format")),
            "programme": ("compilation__cycle__programme__code", _("Programme")),
            "cycle": ("compilation__cycle__code", _("Reporting period")),
            "compilation": ("compilation__number", _("Compilation")),
            "as_of": ("compilation__as_of", _("As of")),
            "signer": "signer",
            "signer_title": "signer_title",
            "size": ("size", _("Size in bytes")),
            "sha256": ("sha256", "SHA-256"),
            "figures_sha256": ("compilation__sha256", _("SHA-256 of the figures")),
            "audit_count": ("audit_count", _("Entries of the audit chain")),
            "audit_head": ("audit_head", _("Head of the audit chain")),
            "illustrative": ("illustrative", _("Illustrative")),
        },
    )

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        found = IssuedFile.objects.all()
        if selection.programme:
            found = found.filter(compilation__cycle__programme__code=selection.programme)
        return found.filter(issued_on__lte=selection.on) if selection.on else found
