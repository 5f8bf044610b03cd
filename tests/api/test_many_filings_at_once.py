"""A report submitted, and a row written, by several programs at the same moment: one effect."""

from collections import Counter
from typing import Any

import pytest

from agencies.models import AuditEntry
from reports.models import Filing, TaskResult
from tests.api.calling import caller_for
from tests.api.tables.reports import underway
from tests.api.test_many_at_once import at_once
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

FILING = "cycles/2008/2008-A1/reports/p82/filings/1/"
LETTER = {"number": "12/BC-UBND", "on": "2008-06-10", "signer": "Nguyễn Văn Ký"}
CROWD = 6


def statuses(answers: list[Any]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_of_identical_submissions_one_acts(cast: Cast) -> None:
    made = underway(cast)
    approver = caller_for(cast.approver)
    path, tag = f"{FILING}acts/submit/", approver.get(FILING)["ETag"]

    # Under one idempotency key all get the answer of the one that acted.
    answers = at_once(CROWD, lambda: approver.post(path, LETTER, If_Match=tag, Idempotency_Key="s-1"))
    assert statuses(answers) == {200: CROWD}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1

    def submissions() -> int:
        of_report = Filing.objects.filter(report__agency__key="p82").values_list("pk", flat=True)
        return AuditEntry.objects.filter(verb="submit", object_id__in=map(str, of_report)).count()

    assert submissions() == 1

    # Without a key the others are told that it has changed since they read it.
    reviewer = caller_for(cast.reviewer)
    path, tag = f"{FILING}acts/return/", reviewer.get(FILING)["ETag"]
    answers = at_once(CROWD, lambda: reviewer.post(path, {"reason": "Thiếu số liệu."}, If_Match=tag))
    assert statuses(answers) == {200: 1, 412: CROWD - 1}
    assert Filing.objects.filter(report__agency__key="p82").count() == 2

    # Of those that write one row on the version that all have read, one writes.
    editor = caller_for(cast.editor)
    row = f"{FILING.replace('/1/', '/2/')}tasks/{made['task']}/"
    tag = editor.get(row)["ETag"]
    answers = at_once(CROWD, lambda: editor.post(row, {"status": "in_progress"}, "PATCH", If_Match=tag))
    assert statuses(answers) == {200: 1, 412: CROWD - 1}
    assert TaskResult.objects.get(line=made["task"]).row_version == 1
