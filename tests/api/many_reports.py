"""Much of what reporting lists, made row by row without the acts: for what a list costs."""

from datetime import date

from agencies.models import Agency, User
from core import clock
from plans.models import Programme
from reports.models import (
    BulkAct,
    BulkRow,
    Compilation,
    Cycle,
    Filing,
    FilingState,
    IssuedFile,
    Reminder,
    Report,
)

MANY = 60


def cycles() -> list[Cycle]:
    """Sixty periods of one programme, in each of which the ministry and Tiền Giang owe a report."""
    programme, by = Programme.objects.get(code="2008"), User.objects.order_by("pk")[0]
    made = Cycle.objects.bulk_create(
        Cycle(
            programme=programme,
            code=f"2008-A{number}",
            title=f"Báo cáo {number}",
            window_from=date(2008, 4, 1),
            window_to=date(2008, 4, 30),
            due_on=date(2008, 5, 15),
            ad_hoc=True,
            opened_at=clock.now(),
            opened_by=by,
        )
        for number in range(MANY)
    )
    agencies = Agency.objects.filter(key__in=["m-tttt", "p82"])
    Report.objects.bulk_create(Report(cycle=one, agency=agency) for one in made for agency in agencies)
    return made


def obligations() -> None:
    """One period in which every agency owes a report."""
    cycle = cycles()[0]
    owed = Agency.objects.exclude(key__in=["m-tttt", "p82"])
    Report.objects.bulk_create(Report(cycle=cycle, agency=one) for one in owed)


def filings() -> None:
    """One report that was returned sixty times."""
    report = Report.objects.get(cycle=cycles()[0], agency__key="p82")
    Filing.objects.bulk_create(
        Filing(
            report=report,
            number=number,
            state=FilingState.RETURNED,
            created_at=clock.now(),
            submitted_at=clock.now(),
            returned_at=clock.now(),
        )
        for number in range(1, MANY + 1)
    )


def issued_files() -> None:
    """Sixty compilations, each with two files."""
    by = User.objects.order_by("pk")[0]
    made = Compilation.objects.bulk_create(
        Compilation(cycle=cycle, number=1, as_of=clock.now(), figures="{}", at=clock.now(), by=by)
        for cycle in cycles()
    )
    IssuedFile.objects.bulk_create(
        IssuedFile(
            compilation=one,
            format=kind,
            number=f"{one.pk}/BC-BTTTT",
            issued_on=date(2008, 6, 20),
            size=1,
            sha256="0" * 64,
            audit_count=1,
            audit_head="0" * 64,
            at=clock.now(),
            by=by,
        )
        for one in made
        for kind in ("pdf", "xlsx")
    )


def bulk_acts() -> None:
    """Sixty times the ministry reminded two agencies, each time in another period."""
    by = User.objects.order_by("pk")[0]
    acts = BulkAct.objects.bulk_create(
        BulkAct(
            programme=cycle.programme, cycle=cycle, name="remind", token=cycle.code, at=clock.now(), by=by
        )
        for cycle in cycles()
    )
    reports: dict[tuple[int | None, int], Report] = {
        (one.cycle_id, one.agency_id): one for one in Report.objects.all()
    }
    agencies = Agency.objects.filter(key__in=["m-tttt", "p82"])
    BulkRow.objects.bulk_create(
        BulkRow(act=act, agency=one, position=0, after="1") for act in acts for one in agencies
    )
    Reminder.objects.bulk_create(
        Reminder(
            programme=act.programme,
            agency=one,
            report=reports[act.cycle_id, one.pk],
            act=act,
            subject="Đôn đốc",
            body="Đề nghị báo cáo.",
            recipients=[["Nguyễn Văn An", "an@vidu.example"]],
            sent_at=clock.now(),
            by=by,
        )
        for act in acts
        for one in agencies
    )
