"""The lists of people and of agencies without them as workbooks: what the pages show."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency, User
from agencies.people.rules import period_words
from agencies.people.states import state_of
from core import clock
from core.notation import format_datetime
from core.spreadsheets import CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook


@override("vi")
def people_workbook(people: Iterable[User]) -> bytes:
    """One row a person, memberships one a line of their cell. Vietnamese in either language of the pages."""
    columns = (
        SheetColumn(_("Full name"), width=30),
        SheetColumn(_("Post"), width=26),
        SheetColumn(_("E-mail address"), width=34),
        SheetColumn(_("Agencies and roles"), width=60),
        SheetColumn(_("Account"), width=18),
        SheetColumn(_("Two-step sign-in"), width=18),
        SheetColumn(_("Last sign-in"), CellKind.DATETIME),
        SheetColumn(_("Account since"), CellKind.DATETIME),
    )
    return _workbook(_("People"), columns, map(_person, people))


@override("vi")
def lacking_workbook(agencies: Iterable[Agency]) -> bytes:
    """One row an agency that lacks an editor or an approver."""
    columns = (
        SheetColumn(_("Agency"), width=48),
        SheetColumn(_("Kind"), width=26),
        SheetColumn(_("Editor"), width=14),
        SheetColumn(_("Approver"), width=14),
        SheetColumn(_("Somebody is invited"), width=18),
    )
    return _workbook(_("Agencies without people"), columns, map(_lacking, agencies))


def _workbook(title: str, columns: tuple[SheetColumn, ...], rows: Iterable[tuple[Value, ...]]) -> bytes:
    now = clock.real_now()
    as_of = _("as of %(time)s") % {"time": format_datetime(now)}
    spec = SheetSpec(title, columns, titles=(title, as_of), frozen_columns=1)
    return write_workbook([Sheet(spec, rows)], created=now, title=title)


def _person(person: User) -> tuple[Value, ...]:
    memberships = [
        f"{one.agency.name}: {one.role_words}, {period_words(one.valid_from, one.valid_to)}"
        for one in person.lasting  # type: ignore[attr-defined]
    ]
    return (
        person.full_name,
        person.post,
        person.email,
        "\n".join(memberships),
        str(state_of(person).label),
        _("yes") if person.second_step else _("no"),  # type: ignore[attr-defined]
        person.last_login,
        person.date_joined,
    )


def _lacking(agency: Agency) -> tuple[Value, ...]:
    there, missing = _("yes"), _("missing")
    return (
        agency.name,
        agency.get_kind_display(),
        there if agency.has_editor else missing,  # type: ignore[attr-defined]
        there if agency.has_approver else missing,  # type: ignore[attr-defined]
        there if agency.invited else "",  # type: ignore[attr-defined]
    )
