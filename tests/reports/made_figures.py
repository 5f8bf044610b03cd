"""Figures of a period made by hand, with real names: 86 agencies, 42 tasks, projects of two programmes."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import yaml
from django.conf import settings

from agencies.models.agency import class_of
from core.notation import parse_money
from reports.cycles.timeliness import Standing
from reports.figures.shapes import (
    ClassTimeliness,
    ComplianceFigures,
    Money,
    MoneyRow,
    Obligation,
    ProgrammeMoney,
    ProjectFigure,
    Shortfall,
    TargetFigure,
    TaskFigure,
)
from reports.output.official import Issue

FIXTURES = settings.BASE_DIR / "fixtures"
DUE = date(2008, 7, 15)
ISSUE = Issue(
    number="05/BC-BTTTT",
    issued_on=date(2008, 8, 5),
    agency="Bộ Thông tin và Truyền thông",
    place="Hà Nội",
    signer="Nguyễn Văn Ký",
    signer_title="KT. BỘ TRƯỞNG, THỨ TRƯỞNG",
    audit_count=1204,
    audit_head="0123456789abcdef" * 4,
)


def made_figures(**changes: Any) -> ComplianceFigures:
    """The same figures every time; `changes` replace some."""
    obligations = _obligations()
    tasks = _tasks()
    classes = tuple(_count(name, obligations) for name in ("ministries", "central-cities", "provinces"))
    figures = ComplianceFigures(
        programme="2008",
        programme_name="Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước năm 2008",
        document="43/2008/QĐ-TTg",
        cycle="2008-Q2",
        title="Quý II năm 2008",
        window_from=date(2008, 4, 1),
        window_to=date(2008, 6, 30),
        due_on=DUE,
        as_of=datetime(2008, 8, 5, 2, 0, tzinfo=UTC),
        illustrative=False,
        filings_counted=sum(1 for one in obligations if one.counted),
        filings_accepted=sum(1 for one in obligations if one.state == "accepted"),
        classes=classes,
        total=_count("total", obligations),
        obligations=tuple(obligations),
        tasks=tuple(tasks),
        money=(_national_money(), _provincial_money()),
        targets=_targets(),
        shortfalls=tuple(_shortfalls(obligations, tasks)),
        lead="Bộ Thông tin và Truyền thông",
        place="Hà Nội",
        addressee="Thủ tướng Chính phủ",
        citation=(
            "Quyết định số 43/2008/QĐ-TTg ngày 24 tháng 3 năm 2008 của Thủ tướng Chính phủ phê duyệt Kế "
            "hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước năm 2008"
        ),
    )
    return replace(figures, **changes)


def _obligations() -> list[Obligation]:
    with (FIXTURES / "agencies" / "agencies.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if _existed(row)]
    order = ("ministries", "central-cities", "provinces")
    rows.sort(key=lambda row: order.index(class_of(row["kind"])))
    return [_obligation(number, row) for number, row in enumerate(rows)]


def _existed(row: dict[str, str]) -> bool:
    begun = not row["valid_from"] or row["valid_from"] <= "2008-06-30"
    ended = row["valid_to"] and row["valid_to"] < "2008-06-30"
    return begun and not ended and class_of(row["kind"]) in ("ministries", "central-cities", "provinces")


def _obligation(number: int, row: dict[str, str]) -> Obligation:
    standing = Standing.ON_TIME
    if number % 11 == 5:
        standing = Standing.LATE
    elif number % 13 == 7:
        standing = Standing.MISSING
    late = {Standing.LATE: 1 + number % 9, Standing.MISSING: 21}.get(standing, 0)
    filed = None if standing is Standing.MISSING else DUE + timedelta(days=late or -(number % 6))
    return Obligation(
        agency=row["id"].lower().replace("_", "-"),
        name=row["name"],
        short_name=row["short_name"],
        agency_class=class_of(row["kind"]),
        standing=standing,
        days=late,
        filed_on=filed,
        filings=0 if filed is None else 1 + (number % 29 == 3),
        returned=int(number % 29 == 3),
        state="" if filed is None else ("submitted" if number % 10 == 9 else "accepted"),
        counted=filed is not None,
        nothing=number == 40,
    )


def _count(name: str, obligations: list[Obligation]) -> ClassTimeliness:
    chosen = [one for one in obligations if name in ("total", one.agency_class)]

    def standing(wanted: Standing) -> int:
        return sum(1 for one in chosen if one.standing is wanted)

    return ClassTimeliness(
        agency_class=name,
        obliged=len(chosen),
        on_time=standing(Standing.ON_TIME),
        late=standing(Standing.LATE),
        missing=standing(Standing.MISSING),
        waiting=0,
        exempt=0,
        nothing=sum(1 for one in chosen if one.nothing),
    )


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FIXTURES / "documents" / name).read_text(encoding="utf-8"))
    return found


def _tasks() -> list[TaskFigure]:
    found = []
    whole = (task for task in _read("43-2008-qd-ttg/tasks.yaml") if not task.get("parent"))
    for number, task in enumerate(whole):
        reporters = 86 if task["clause"].startswith("II.1.") else 1
        done = reporters if number % 4 == 1 else reporters // 3
        due = task["due"]
        if done == reporters:
            verdict = "done"
        elif due is None:
            verdict = "undated"
        else:
            verdict = "late" if due <= date(2008, 6, 30) else "not_due"
        busy = (reporters - done) // 2
        found.append(
            TaskFigure(
                document="43/2008/QĐ-TTg",
                clause=task["clause"],
                name=task["name"],
                due_on=due,
                date_phrase=task["phrase"] or "",
                reporters=reporters,
                done=done,
                in_progress=busy,
                not_started=0,
                silent=reporters - done - busy,
                verdict=verdict,
            )
        )
    return found


def _projects(slug: str, year: int) -> list[ProjectFigure]:
    found = []
    for number, row in enumerate(_read(f"{slug}/projects.yaml")):
        amounts = [
            parse_money(cell["amount"]) or Decimal(0) for cell in row["allocations"] if cell["year"] == year
        ]
        if not amounts:
            continue
        planned = sum(amounts, Decimal(0))
        reported = number % 5 != 4
        group_line = str(row["lead"]).startswith("group:")
        found.append(
            ProjectFigure(
                label=f"{row['group']}.{row['no']}",
                name=row["name"],
                lead=str(row["lead"] or ""),
                group=row["group"],
                money=Money(
                    planned=planned,
                    assigned=planned if reported else None,
                    disbursed=planned / 4 if reported else None,
                ),
                reporters=10 if group_line else 1,
                reported=(7 if group_line else 1) if reported else 0,
                statuses=({"in_progress": 5, "done": 2} if group_line else {"in_progress": 1})
                if reported
                else {},
            )
        )
    return found


def _sum(lines: list[ProjectFigure]) -> Money:
    def add(kind: str) -> Decimal | None:
        amounts = [getattr(line.money, kind) for line in lines if getattr(line.money, kind) is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    return Money(**{kind: add(kind) for kind in ("planned", "assigned", "released", "disbursed", "settled")})


def _row(key: str, label: str, lines: list[ProjectFigure]) -> MoneyRow:
    return MoneyRow(key, label, _sum(lines), len(lines), sum(1 for line in lines if line.reported))


def _block(slug: str, **given: Any) -> ProgrammeMoney:
    lines = _projects(slug, 2008)
    groups = list(dict.fromkeys(line.group for line in lines))
    whole = _sum(lines)
    return ProgrammeMoney(
        year=2008,
        total=whole,
        projects=len(lines),
        reported=sum(1 for line in lines if line.reported),
        by_group=tuple(
            _row(key, f"Nhóm {key}", [line for line in lines if line.group == key]) for key in groups
        ),
        lines=tuple(lines),
        **given,
    )


def _national_money() -> ProgrammeMoney:
    block = _block(
        "43-2008-qd-ttg",
        programme="2008",
        name="Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước năm 2008",
        documents=("43/2008/QĐ-TTg",),
        by_source=(),
        by_year=(),
    )
    groups = {row.key: row for row in block.by_group}
    sources = (
        replace(
            groups["A"],
            key="NSTW-DP-DTPT",
            label="Dự phòng ngân sách trung ương năm 2008: vốn đầu tư phát triển",
        ),
        replace(groups["B"], key="NSTW-DP-SN", label="Dự phòng ngân sách trung ương năm 2008: vốn sự nghiệp"),
    )
    return replace(
        block,
        by_source=sources,
        by_year=(MoneyRow("2008", "2008", block.total, block.projects, block.reported),),
    )


def _provincial_money() -> ProgrammeMoney:
    return _block(
        "605-qd-ubnd",
        programme="2007-2010-tien-giang",
        name="Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước tỉnh Tiền Giang",
        documents=("605/QĐ-UBND",),
        by_source=(
            MoneyRow("NSDP-TT", "Vốn đầu tư tập trung", Money(planned=Decimal(4500)), 3, 2),
            MoneyRow("NSDP-SN", "Vốn sự nghiệp công nghệ thông tin", Money(planned=Decimal(3495)), 3, 2),
        ),
        by_year=tuple(
            MoneyRow(str(year), str(year), Money(planned=Decimal(amount)), 6, 0)
            for year, amount in ((2008, "7995"), (2009, "9250.5"), (2010, "1200"))
        ),
    )


def _targets() -> tuple[TargetFigure, ...]:
    scopes = (("Bộ, cơ quan ngang Bộ", 22), ("Thành phố trực thuộc Trung ương", 5), ("Tỉnh", 59))
    found = []
    for scope, agencies in scopes:
        for number, (code, name, target) in enumerate(
            (
                ("officials-using-email", "Tỷ lệ cán bộ, công chức sử dụng thư điện tử cho công việc", "50"),
                ("portal-article-28", "Tỷ lệ cơ quan có cổng thông tin điện tử với đầy đủ thông tin", "≥ 80"),
                (
                    "online-meetings",
                    "Họp của lãnh đạo với các đơn vị trực thuộc trên môi trường mạng",
                    "từng bước",
                ),
            )
        ):
            value = None if number == 2 else Decimal("61.25") + number
            found.append(
                TargetFigure(
                    document="43/2008/QĐ-TTg",
                    clause="I.1.b",
                    indicator=code,
                    name=name,
                    unit="" if number == 2 else "%",
                    scope=scope,
                    target=target,
                    due_on=date(2008, 12, 31),
                    agencies=agencies,
                    with_data=0 if value is None else agencies - 2,
                    value=value,
                    attainment="not_applicable" if value is None else "not_due",
                    distance=None,
                    met=agencies // 2 if value is not None else 0,
                    below=agencies - 2 - agencies // 2 if value is not None else 0,
                )
            )
    return tuple(found)


def _shortfalls(obligations: list[Obligation], tasks: list[TaskFigure]) -> list[Shortfall]:
    late = tuple(task.clause for task in tasks if task.verdict == "late")
    found = []
    for number, one in enumerate(obligations):
        shortfall = Shortfall(
            agency=one.agency,
            name=one.name,
            agency_class=one.agency_class,
            missing_days=one.days if one.standing is Standing.MISSING else 0,
            late_days=one.days if one.standing is Standing.LATE else 0,
            late_tasks=late if number % 12 == 0 else (),
            targets_below=(),
        )
        if shortfall.missing_days or shortfall.late_days or shortfall.late_tasks:
            found.append(shortfall)
    return found
