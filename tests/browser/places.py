"""Places where people type: a cell of the grid, a text of a plan, a row of a report."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Locator, Page

from agencies.models import Membership, User
from plans.content.actions import create_plan, take_lines
from plans.models import Plan, Programme
from plans.parts import registry
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing
from reports.models import Filing, Report
from tests.cast import Cast

CELL = "allocations/2009/NSDP-TT"


@dataclass(frozen=True)
class Place:
    """One field on one page.

    `stored` reads what the database holds, `save` finds the button that posts the page, `log` says whether
    each edit is kept with its person, so that a conflict can name who saved first.
    """

    url: str
    field: str
    save: str
    theirs: str
    yours: str
    stored: Callable[[], str]
    log: bool = True

    def of(self, page: Page) -> Locator:
        """The field, open to be typed into."""
        page.goto(self.url)
        return page.locator(self.field)


@dataclass(frozen=True)
class Desk:
    """Tiền Giang's draft plan and draft report, and a colleague of its editor."""

    plan: Plan
    filing: Filing
    colleague: Membership

    def place(self, name: str) -> Place:
        return {"cell": self._cell, "text": self._text, "report": self._report}[name]()

    def _line(self, part: str, index: int) -> UUID:
        line = registry.get(part).read(self.plan)[index].line
        assert line is not None
        return line

    def _cell(self) -> Place:
        line = self._line("projects", 0)

        def stored() -> str:
            rows = registry.get("allocations").read(self.plan)
            return next((f"{row.amount:,.0f}".replace(",", ".") for row in rows if row.line == line), "")

        url = f"/plans/{self.plan.code}/{self.plan.version}/projects/grid/"
        field = f'tr[data-row="{line}"] input[data-path="{CELL}"]'
        return Place(url, field, "form[data-grid] .no-js-only button", "1.600", "1.700", stored)

    def _text(self) -> Place:
        line = self._line("sections", 0)

        def stored() -> str:
            return next(row.body for row in registry.get("sections").read(self.plan) if row.line == line)

        url = f"/plans/{self.plan.code}/{self.plan.version}/sections/{line}/"
        return Place(
            url,
            "textarea[name=body]",
            "button[name=then][value=list]",
            "Của người lưu trước.",
            "Của tôi.",
            stored,
        )

    def _report(self) -> Place:
        def stored() -> str:
            self.filing.refresh_from_db()
            return self.filing.summary

        url = f"/reports/2008/2008-Q2/agencies/{self.filing.report.agency.key}/form/"
        save = "form[data-filing] button.no-js-only"
        return Place(
            url, 'textarea[name="text/summary"]', save, "Người khác viết.", "Tôi viết.", stored, log=False
        )


def make_desk(people: Cast) -> Desk:
    """Everything that the places need, by the usual actions."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=people.editor)
    source = Plan.objects.get(code="605-qd-ubnd")
    lines = [row.line for row in registry.get("projects").read(source)]
    take_lines(plan, source, {"projects": lines}, actor=people.editor)
    cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=people.admin)
    report = Report.objects.select_related("agency", "cycle").get(cycle=cycle, agency__key="p82")
    filing = begin_filing(report, actor=people.editor)
    user = User.objects.create(email="colleague@cast.example", full_name="Phan Thị Cùng Phòng")
    colleague = Membership.objects.create(user=user, role=people.editor.role, agency=people.editor.agency)
    return Desk(plan, filing, colleague)
