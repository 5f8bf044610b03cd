"""The forms of a funding source: what is stated of it, who may use it, its last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.keeping.forms import KeptForm, RetireForm, basis_field
from agencies.models.agency import CLASS_CHOICES
from budgets.models import FundingSource
from budgets.sources.checks import CODE_LENGTH, MOST_POSITION, MOST_USES
from budgets.sources.shapes import EVERY, SourceStated, UseStated, use_texts
from core.findings import Finding
from core.forms import DayField
from plans.models import Programme

SPARE = 2
"""Blank rows for further uses."""


class SourceForm(KeptForm):
    """A source and, where it carries money, the rows of who may use it."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=CODE_LENGTH,
        help_text=_("Capitals, digits and hyphens, for example NSTW-DTPT. It stays for good."),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    short_name = forms.CharField(
        label=_("Short name"), required=False, max_length=60, help_text=_("In the heads of columns.")
    )
    parent = forms.ChoiceField(
        label=_("Stands under"),
        required=False,
        help_text=_("Sums of that source include it. One that carries money itself can have none under it."),
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=FundingSource.Tier.choices)
    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("both, or not said")), *FundingSource.Nature.choices],
    )
    position = forms.IntegerField(
        label=_("Position"),
        min_value=0,
        max_value=MOST_POSITION,
        help_text=_("Small numbers stand first."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
    valid_from = DayField(label=_("Valid from"), required=False)
    valid_to = DayField(
        label=_("Valid to"),
        required=False,
        help_text=_("No form offers it for later years; figures keep it."),
    )
    basis = basis_field()
    needed = frozenset({"code", "name", "basis"})

    def __init__(
        self,
        *args: Any,
        source: FundingSource | None,
        uses: tuple[UseStated, ...] = (),
        is_leaf: bool = True,
        rests: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if source is not None:
            del self.fields["code"]
        if not rests:
            del self.fields["basis"]
        others = [one for one in FundingSource.objects.all() if source is None or one.pk != source.pk]
        choices = [("", _("— at the top —")), *((one.code, str(one)) for one in others)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.rows = min(MOST_USES, len(uses) + SPARE) if is_leaf else 0
        while f"use-{self.rows}-programme" in self.data and self.rows < MOST_USES and is_leaf:
            self.rows += 1  # as many as were posted, when another has taken some away meanwhile
        self._add_uses(uses)
        self.layout = (
            ("", ("code", "name", "short_name", "parent", "tier", "nature", "position", "note")),
            (_("From when to when"), ("valid_from", "valid_to")),
            ("", ("basis",)),
        )

    def _add_uses(self, uses: tuple[UseStated, ...]) -> None:
        programmes = [
            ("", _("— no use —")),
            (EVERY, _("every programme")),
            *((one.code, one.short_name) for one in Programme.objects.order_by("position", "id")),
        ]
        classes = [("", _("everybody")), *CLASS_CHOICES]
        for number in range(self.rows):
            said = {"n": number + 1}
            self.fields[f"use-{number}-programme"] = forms.ChoiceField(
                label=_("Use %(n)d: programme") % said, required=False, choices=programmes
            )
            self.fields[f"use-{number}-class"] = forms.ChoiceField(
                label=_("Use %(n)d: who") % said, required=False, choices=classes
            )
            self.fields[f"use-{number}-opens"] = forms.BooleanField(
                label=_("Use %(n)d: in the first grid") % said, required=False
            )
        for name, text in use_texts(uses, self.rows).items():
            self.initial[name] = text == "1" if name.endswith("-opens") else text

    @property
    def use_rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            tuple(self[f"use-{number}-{name}"] for name in ("programme", "class", "opens"))
            for number in range(self.rows)
        ]

    def _filled(self) -> list[int]:
        return [n for n in range(self.rows) if self.cleaned_data.get(f"use-{n}-programme")]

    def stated(self) -> SourceStated:
        said = self.cleaned_data
        uses = []
        for number in self._filled():
            programme = said[f"use-{number}-programme"]
            uses.append(
                UseStated(
                    None if programme == EVERY else programme,
                    said.get(f"use-{number}-class", ""),
                    bool(said.get(f"use-{number}-opens")),
                )
            )
        return SourceStated(
            name=said.get("name", ""),
            tier=said.get("tier", ""),
            short_name=said.get("short_name", ""),
            parent=said.get("parent", ""),
            nature=said.get("nature", ""),
            position=said.get("position") or 0,
            note=said.get("note", ""),
            valid_from=said.get("valid_from"),
            valid_to=said.get("valid_to"),
            uses=tuple(uses),
        ).cleaned()

    def placed(self, finding: Finding) -> str:
        """The field of a finding: `uses/1/programme` is the second use that is filled in."""
        part, __, rest = finding.place.path.partition("/")
        if part != "uses" or not rest:
            return finding.place.path
        number, __, name = rest.partition("/")
        filled = self._filled()
        row = filled[int(number)] if int(number) < len(filled) else 0
        return f"use-{row}-{'class' if name == 'agency_class' else name}"


class RetireSourceForm(RetireForm):
    """The last day of a source."""

    stays = _("No form offers it for later years; what was planned or spent keeps it.")
