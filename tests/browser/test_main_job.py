"""The main job through real pages: a plan made, reviewed, approved; a period reported, compiled, issued.

The days are those of 2008. Tiền Giang and Nghệ An act; the other agencies of the period are late.
"""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from plans.models import Plan, PlanState
from plans.parts import registry
from reports.models import Cycle, IssuedFile, Report
from tests.browser.portal import Portal, set_business_time, sign_in
from tests.browser.steps import act, expect_saved, fill_and_send, number, open_work, total
from tests.cast import Cast

pytestmark = pytest.mark.browser

CODE = "2009-2010-tien-giang"
WRITTEN = "Bố trí đủ vốn để triển khai các dự án công nghệ thông tin."
MENDED = f"{WRITTEN}\nPhần vốn địa phương được bố trí trong dự toán hằng năm của tỉnh."
REASON = "Mục V.1 chưa nêu giải pháp về tài chính cho phần vốn địa phương."


def test_from_an_empty_outline_to_an_issued_report(portal: Portal, people: Cast, tmp_path: Path) -> None:
    editor, approver = portal.seat(), portal.seat(people.approver)
    reviewer, reviewer2 = portal.seat(people.reviewer), portal.seat(people.reviewer2)

    set_business_time("2008-06-02T09:00")
    editor.goto("/")
    expect(editor.locator("html")).to_have_attribute("lang", "vi")
    sign_in(editor, people.editor)
    make_plan(editor)
    take_lines(editor)
    write_text(editor, WRITTEN)
    fill_grid(editor)
    mend_what_the_check_finds(editor)
    set_business_time("2008-06-12T08:20")
    hand_over(editor)
    set_business_time("2008-06-13T15:05")
    submit(approver, "112/UBND-MH", "13/06/2008")

    set_business_time("2008-06-17T08:30")
    return_plan(reviewer)
    set_business_time("2008-06-23T09:40")
    mend(editor)
    hand_over(editor)
    set_business_time("2008-06-24T16:10")
    submit(approver, "118/UBND-MH", "24/06/2008")
    set_business_time("2008-06-26T08:05")
    compare(reviewer)
    set_business_time("2008-07-08T11:00")
    approve(reviewer2)

    administrator = portal.seat(people.admin)
    set_business_time("2008-07-09T08:00")
    open_period(administrator)
    set_business_time("2008-07-10T09:00")
    report(editor)
    report_nothing(portal.seat(people.other_editor))
    submit_report(approver, "p82", "212/BC-MH")
    submit_report(portal.seat(people.other_approver), "p40", "230/BC-MH")
    set_business_time("2008-07-14T09:00")
    accept(reviewer, "p82")
    accept(reviewer, "p40")
    set_business_time("2008-07-29T09:00")
    compile_and_issue(reviewer)
    take_away(reviewer, tmp_path)


def the_plan() -> Plan:
    return Plan.objects.get(code=CODE, version=1)


def plan_page(side: str = "") -> str:
    return f"/plans/{CODE}/1/{side}"


def make_plan(page: Page) -> None:
    """The work list names the programme in which a plan is missing; the outline gives the headings."""
    page.locator('main a[href*="/plans/new/?programme=2009-2010"]').first.click()
    page.locator("main form button.primary").click()
    expect(page).to_have_url(re.compile(re.escape(plan_page())))
    outline = the_plan().programme.outline.count()
    assert len(registry.get("sections").read(the_plan())) == outline > 10


def take_lines(page: Page) -> None:
    """Lấy từ kế hoạch khác: all of QĐ 605 but its tasks; 26 projects with 42.146 fit 2009-2010."""
    page.locator('main a[href$="/take/"]').first.click()
    page.locator('a[href*="source=605-qd-ubnd/"]').click()
    for box in page.locator('input[name=line][value^="tasks:"]').all():
        box.uncheck()
    page.locator("main form button.primary").click()
    expect(page.locator("main")).to_contain_text("42.146")
    expect(page.locator(f'main a[href="{plan_page("projects/")}"]').first).to_contain_text("26")


def write_text(page: Page, text: str) -> None:
    """A section's text saves itself when the field is left; the button closes the form."""
    row = next(row for row in registry.get("sections").read(the_plan()) if row.number == "V.1")
    page.goto(plan_page("sections/"))
    page.locator(f'a[href$="/sections/{row.line}/"]').first.click()
    field = page.locator("textarea[name=body]")
    field.fill(text)
    field.blur()
    expect_saved(page)
    assert _section("V.1") == text
    page.locator("button[name=then][value=list]").click()
    expect(page.locator(f"#at-{row.line}, main").first).to_contain_text(text.splitlines()[-1])


def _section(number_: str) -> str:
    body: str = next(row.body for row in registry.get("sections").read(the_plan()) if row.number == number_)
    return body


def fill_grid(page: Page) -> None:
    """One cell by keyboard, a block from Excel; the totals in the foot follow at once."""
    page.goto(plan_page("projects/grid/"))
    before = number(total(page).text_content())
    assert before == 42146

    cell = _cell(page, row=0, path="allocations/2009/NSDP-TT")
    expect(cell).to_have_value("1.500")
    cell.click()
    page.keyboard.type("1800")
    page.keyboard.press("Enter")
    expect(_cell(page, row=1, path="allocations/2009/NSDP-TT")).to_be_focused()
    expect(cell).to_have_value("1.800")
    expect(total(page)).to_have_text("42.446")

    page.keyboard.type("77")
    page.keyboard.press("Escape")
    expect(_cell(page, row=1, path="allocations/2009/NSDP-TT")).to_have_value("1.100")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(_cell(page, row=0, path="allocations/2009/NSDP-SN")).to_be_focused()

    paste(page, "100\t200\r\n\t1.250\r\n")
    for row, path, value in (
        (0, "allocations/2009/NSDP-SN", "100"),
        (0, "allocations/2010/NSDP-TT", "200"),
        (1, "allocations/2009/NSDP-SN", ""),
        (1, "allocations/2010/NSDP-TT", "1.250"),
    ):
        expect(_cell(page, row, path)).to_have_value(value)
    expect(total(page)).to_have_text("43.996")
    expect(page.locator("td.is-waiting, td.is-unsaved, td.is-invalid")).to_have_count(0)
    page.reload()
    expect(total(page)).to_have_text("43.996")


def _cell(page: Page, row: int, path: str) -> Locator:
    return page.locator("tr[data-row]").nth(row).locator(f'input[data-path="{path}"]')


def paste(page: Page, block: str) -> None:
    """As Ctrl+V with a block of Excel on the clipboard."""
    page.evaluate(
        """block => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", block);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
            );
        }""",
        block,
    )


def mend_what_the_check_finds(page: Page) -> None:
    """Two projects now have more money than their total need; each finding leads to its field."""
    for left, need in ((2, "2.100"), (1, "7.350")):
        page.goto(plan_page("check/"))
        errors = page.locator(".findings .errors li")
        expect(errors).to_have_count(left)
        errors.first.get_by_role("link").click()
        field = page.locator("[name=total_need]")
        assert page.evaluate("document.getElementById(location.hash.slice(1))?.outerHTML ?? ''")
        field.fill(need)
        page.locator("button[name=then][value=list]").click()
        expect(page.locator("[data-saved]").first).to_be_visible()


def hand_over(page: Page) -> None:
    """The check bars nothing; the plan goes to the leader."""
    page.goto(plan_page("check/"))
    expect(page.locator(".findings .errors")).to_have_count(0)
    act(page, "hand_over")
    expect(page.locator("[data-saved]").first).to_be_visible()
    assert the_plan().ready_for_approver


def submit(page: Page, letter: str, day: str) -> None:
    """The leader submits with the cover letter and gets a receipt that holds the hash of what was frozen."""
    open_work(page, "Tiền Giang")
    act(page, "submit")
    fill_and_send(page, {"number": letter, "on": day, "signer": "(minh họa)"})
    expect(page.locator(".receipt")).to_contain_text(letter)
    revision = the_plan().revisions.latest("number")
    expect(page.locator(".receipt .hash")).to_have_text(revision.sha256)
    assert the_plan().state == PlanState.SUBMITTED


def return_plan(page: Page) -> None:
    open_work(page, "Tiền Giang")
    act(page, "open_review")
    act(page, "return_")
    fill_and_send(page, {"reason": REASON})
    assert the_plan().state == PlanState.RETURNED


def mend(page: Page) -> None:
    """The reason stands in the editor's work list and on the plan."""
    page.goto("/")
    expect(page.locator("main")).to_contain_text(REASON)
    open_work(page, "Tiền Giang")
    expect(page.locator("main")).to_contain_text(REASON)
    write_text(page, MENDED)


def compare(page: Page) -> None:
    """The comparison with the last submission shows what was mended, and nothing else."""
    open_work(page, "Tiền Giang")
    act(page, "open_review")
    page.goto(plan_page("compare/"))
    expect(page.locator("main .change")).to_have_count(1)
    expect(page.locator("main .change")).to_contain_text("V.1")
    expect(page.locator("main .change ins")).to_contain_text(MENDED.splitlines()[-1])


def approve(page: Page) -> None:
    open_work(page, "Tiền Giang")
    act(page, "approve")
    fill_and_send(page, {"number": "01/QĐ-MH", "on": "08/07/2008"})
    plan = the_plan()
    assert (plan.state, plan.decision_number, str(plan.decision_on)) == (
        PlanState.APPROVED,
        "01/QĐ-MH",
        "2008-07-08",
    )
    expect(page.locator("main")).to_contain_text("01/QĐ-MH")


def open_period(page: Page) -> None:
    """The second quarter is over and waits in the work list; 86 agencies owe a report."""
    page.goto("/")
    page.locator('main a[href*="/reports/open/"]').first.click()
    page.locator("[name=illustrative]").check()
    fill_and_send(page, {"basis": "Quyết định số 43/2008/QĐ-TTg, IV.2.a"})
    expect(page.locator("main")).to_contain_text("86")
    assert Report.objects.filter(cycle__code="2008-Q2").count() == 86


def report(page: Page) -> None:
    """Tiền Giang's editor answers on tasks and projects; an amount that cannot be read is kept and marked."""
    open_work(page, "Quý II")
    if page.locator('main .band form[action$="/acts/begin/"]').count():
        act(page, "begin")
    for fold in page.locator("details[data-group]:not([open]) > summary").all():
        fold.click()
    status = page.locator('[data-field$="/status"] select').first
    status.select_option("in_progress")
    text = page.locator('[data-field$="/text"] textarea').first
    text.fill("Đang triển khai.")
    text.blur()
    money = page.locator('[data-field$="/disbursed"] input').first
    money.fill("1.25")
    money.blur()
    expect(
        page.locator('[data-field$="/disbursed"].has-error, [data-field$="/disbursed"] [aria-invalid=true]')
    ).not_to_have_count(0)
    money.fill("250")
    money.blur()
    expect(page.locator('[data-field$="/disbursed"] [aria-invalid=true]')).to_have_count(0)
    summary = page.locator('textarea[name="text/summary"]')
    summary.fill("Tỉnh đã phổ biến kế hoạch tới các sở, ngành (minh họa).")
    summary.blur()
    expect(page.locator(".is-waiting, .is-dirty, .is-unsaved")).to_have_count(0)
    page.reload()
    expect(page.locator('[data-field$="/disbursed"] input').first).to_have_value("250")
    act(page, "hand_over")
    expect(page.locator("[data-saved]").first).to_be_visible()


def report_nothing(page: Page) -> None:
    """Nghệ An has nothing to report, and says so."""
    open_work(page, "Quý II")
    if page.locator('main .band form[action$="/acts/begin/"]').count():
        act(page, "begin")
    page.locator('input[type=checkbox][name="text/nothing_to_report"]').check()
    expect(page.locator('[data-field="text/nothing_to_report"] .ok-ink')).to_be_visible()
    act(page, "hand_over")
    expect(page.locator("[data-saved]").first).to_be_visible()


def _report_page(key: str) -> str:
    return f"/reports/2008/2008-Q2/agencies/{key}/"


def submit_report(page: Page, key: str, letter: str) -> None:
    open_work(page, "Quý II")
    act(page, "submit")
    fill_and_send(page, {"number": letter, "on": "10/07/2008", "signer": "(minh họa)"})
    filing = Report.objects.get(cycle__code="2008-Q2", agency__key=key).filings.get()
    expect(page.locator(".receipt")).to_contain_text(letter)
    expect(page.locator(".receipt .hash")).to_have_text(filing.sha256)


def accept(page: Page, key: str) -> None:
    page.goto(_report_page(key))
    act(page, "accept")
    expect(page.locator("[data-saved]").first).to_be_visible()
    assert Report.objects.get(cycle__code="2008-Q2", agency__key=key).filings.get().accepted_at


def compile_and_issue(page: Page) -> None:
    page.goto("/reports/2008/2008-Q2/compile/")
    page.locator("main form button.primary").click()
    page.locator('main a[href$="/issue/"]').click()
    fill_and_send(page, {"number": "01/BC-MH", "issued_on": "29/07/2008"})
    expect(page.locator("main")).to_contain_text("01/BC-MH")
    assert Cycle.objects.get(code="2008-Q2").compilations.get().issued_files.count() == 2


def take_away(page: Page, folder: Path) -> None:
    """PDF and XLSX as downloaded have the SHA-256 that the page prints; the portal knows the copies again."""
    for file in IssuedFile.objects.all():
        row = page.locator("main tr", has=page.locator(f'a[href="/issued/{file.pk}/"]'))
        with page.expect_download() as event:
            row.get_by_role("link").click()
        download: Download = event.value
        copy = folder / download.suggested_filename
        download.save_as(copy)
        digest = hashlib.sha256(copy.read_bytes()).hexdigest()
        expect(row.locator(".hash")).to_have_text(digest)
        assert copy.read_bytes().startswith({"pdf": b"%PDF-", "xlsx": b"PK"}[file.format])
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(copy)
    page.locator("main form button.primary, main form button").first.click()
    expect(page.locator("main")).to_contain_text("01/BC-MH")
