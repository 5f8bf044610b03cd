"""Reminders as official letters on paper (công văn, Nghị định 30/2020/NĐ-CP, Phụ lục I), one an agency."""

from collections.abc import Sequence
from dataclasses import dataclass

from agencies.models import Agency
from reports.models import Reminder
from reports.output.official import ILLUSTRATIVE, Letterhead, Paragraph, print_document


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """One letter: its head, the subject under the number, whom it is to, and its paragraphs."""

    head: Letterhead
    subject: str
    to: str
    paragraphs: Sequence[Paragraph]


def letters_pdf(reminders: Sequence[Reminder]) -> bytes:
    """One PDF; each letter begins on a page of its own. Blanks stand where a number is still to be given."""
    letters = [printed_letter(one) for one in reminders]
    context = {
        "letters": letters,
        "receivers": ["Như trên;", "Lưu: VT."],
        "mark": ILLUSTRATIVE if any(map(_is_illustrative, reminders)) else "",
        "draft": "",
        "subject": reminders[0].subject,
    }
    return print_document("reports/pdf/letters.html", context)


def _is_illustrative(reminder: Reminder) -> bool:
    return reminder.report is not None and reminder.report.cycle.illustrative


def printed_letter(reminder: Reminder) -> PrintedLetter:
    lead: Agency = reminder.programme.lead
    head = Letterhead(
        agency=lead.issuer_name,
        number=reminder.document,
        place=lead.place,
        day=reminder.sent_on,
    )
    texts = [text for text in reminder.body.split("\n") if text.strip()]
    if texts:
        # An address is left as it is: with the mark behind it nobody could type it.
        is_address = texts[-1].split()[-1].startswith(("http://", "https://"))
        texts[-1] = texts[-1] if is_address else texts[-1].rstrip(". ") + "./."
    return PrintedLetter(
        head,
        f"V/v {reminder.subject[:1].lower()}{reminder.subject[1:]}",
        reminder.agency.issuer_name,
        [Paragraph(text) for text in texts],
    )
