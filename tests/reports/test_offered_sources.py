"""On which sources a report may state money that no document plans: those offered in the period's year."""

from datetime import date
from decimal import Decimal

import pytest

from agencies.models import AgencyGroup
from budgets.models import FundingSource, SourceUse
from budgets.sources.retiring import retire_source
from core import clock
from core.findings import Refused
from reports.filing.content import read_filing
from reports.filing.editing import save_row
from reports.models import Cycle
from reports.resting import amounts_of_sources, report_lines_of_group
from tests.cast import Cast
from tests.reports.filings import People, begun
from tests.reports.half_year import FILED_AT, contents


def test_a_report_offers_what_is_valid_and_meant_and_keeps_what_was_stated(
    cast: Cast, half_year: Cycle, staff: People
) -> None:
    filing = begun(half_year, staff, at=FILED_AT)
    assert set(read_filing(filing).source_names) == {
        "NSTW-DTPT", "NSTW-SN", "NSTW-HTDP", "NSDP-TT", "NSDP-SN", "ODA", "PPP", "KHAC",
    }  # fmt: skip
    row = f"projects/{contents()['B.III.1']}"
    with clock.at(FILED_AT):
        save_row(filing, row, {"ODA/disbursed": "5"}, actor=cast.editor, row_version=0)
        save_row(filing, row, {"PPP/disbursed": "năm"}, actor=cast.editor, row_version=1)
        for code in ("ODA", "PPP"):
            ended = FundingSource.objects.get(code=code)
            retire_source(ended, date(2010, 12, 31), basis="x", version=1, actor=cast.admin)
        SourceUse.objects.filter(source__code="KHAC").delete()
        content = read_filing(filing)
        assert not {"ODA", "KHAC", "PPP"} & set(content.source_names)
        shown = content.with_waiting([f"{row}/PPP/disbursed"])  # its value waits to be mended
        line = next(one for one in shown.projects if one.name == row)
        assert [(one.source, one.flows) for one in line.sources] == [
            ("ODA", {"disbursed": Decimal(5)}),
            ("PPP", {}),
        ]
        with pytest.raises(Refused):
            save_row(filing, row, {"KHAC/disbursed": "5"}, actor=cast.editor, row_version=2)
        assert save_row(filing, row, {"PPP/disbursed": ""}, actor=cast.editor, row_version=2).row_version == 3
    named = FundingSource.objects.filter(code__in=["ODA", "KHAC"]).order_by("code")
    assert [bool(list(amounts_of_sources([one]))) for one in named] == [False, True]


def test_what_was_fixed_from_a_list_in_an_open_period_is_named(cast: Cast, q2: Cycle) -> None:
    [use] = report_lines_of_group(AgencyGroup.objects.get(key="supported-provinces-2008"))
    assert q2.title in str(use.text)
    assert use.url.endswith("/2008-Q2/")
    assert not list(report_lines_of_group(AgencyGroup.objects.get(key="government-agencies")))
