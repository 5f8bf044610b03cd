"""`manage.py load_sources`: again, after people edited, and from fixtures that do not hold."""

from pathlib import Path

import pytest

from agencies import audit
from agencies.models import Agency, AuditEntry, GroupMember, User
from agencies.system import SYSTEM_EMAIL, system_actor
from indicators.models import Indicator
from plans.content.actions import amend_plan
from plans.content.editing import save_line
from plans.models import LegalDocument, OutlineMapping, Plan, Programme
from plans.parts import registry
from tests.cast import Cast
from tests.sources.loading import Edit, copied, edited, load, refusal_of, replacing, whole_database

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    before = whole_database()
    assert "nothing was changed" in load()
    assert whole_database() == before


def test_what_people_changed_stays(cast: Cast) -> None:
    Agency.objects.filter(key="p82").update(name="Tỉnh Tiền Giang (đổi tên)", position=7)
    Indicator.objects.filter(code="level-3-services").update(definition="Do người dùng ghi.")
    LegalDocument.objects.filter(slug="605-qd-ubnd").update(title="Tên do người dùng sửa", corrections=[])
    programme = Programme.objects.get(code="2009-2010")
    programme.review_scopes.filter(agency__key="m-tc").delete()
    programme.outline.filter(number="V.4").delete()
    OutlineMapping.objects.filter(from_number="V.5").delete()
    Programme.objects.get(code="2008").reports_with.clear()
    GroupMember.objects.filter(group__key="highland-2008", agency__key="p70").delete()
    draft = amend_plan(Plan.objects.get(code="605-qd-ubnd"), actor=cast.editor)
    project = registry.get("projects").read(draft)[0]
    save_line(draft, "projects", project.line, {"name": "Tên mới"}, actor=cast.editor, row_version=1)
    before = whole_database()
    load()
    assert whole_database() == before


def test_what_is_missing_is_made_anew() -> None:
    Agency.objects.get(key="tg-so-tdtt").delete()
    before = {table: len(rows) for table, rows in whole_database().items()}
    assert "1 agencies" in load()
    after = {table: len(rows) for table, rows in whole_database().items()}
    assert {table for table in after if after[table] != before[table]} == {
        "agencies_agency",
        "agencies_auditentry",
    }
    assert Agency.objects.get(key="tg-so-tdtt").parent == Agency.objects.get(key="p82")


def test_the_system_account_loads_and_the_audit_says_so() -> None:
    loads = AuditEntry.objects.get(verb="load_sources")
    assert loads.user is not None
    assert (loads.user.email, loads.role) == (SYSTEM_EMAIL, "system")
    registered = AuditEntry.objects.filter(verb="register")
    assert f'"plans":{len(registered)}' in loads.data
    assert len(registered) == Plan.objects.filter(registered=True).count()
    assert {entry.role for entry in registered} == {"system"}
    assert audit.verify().broken_at is None


def test_the_system_account_cannot_sign_in() -> None:
    user = User.objects.get(email=SYSTEM_EMAIL)
    assert user.is_system
    assert not user.has_usable_password()
    assert system_actor() == system_actor()


TOTALS, PROJECTS = "documents/605-qd-ubnd/totals.yaml", "documents/605-qd-ubnd/projects.yaml"
NATIONAL = "documents/43-2008-qd-ttg/projects.yaml"


# file, what somebody typed there, and what the refusal must name
BROKEN = [
    pytest.param(
        TOTALS,
        replacing("amount: '43.795'", "amount: '43.796'"),
        [TOTALS, "Gồm 17 dự án với tổng mức đầu tư", "VI.1", "43.796", "43.795"],
        id="a printed total",
    ),
    pytest.param(
        PROJECTS,
        replacing(
            "{year: 2009, source: NSDP-TT, amount: '1.500'", "{year: 2009, source: NSDP-TT, amount: '1.400'"
        ),
        [PROJECTS, "I.1", "2.500", "2.400", TOTALS, "TỔNG CỘNG", "2009", "23.168", "23.068"],
        id="an amount of a project",
    ),
    pytest.param(
        NATIONAL,
        replacing("each: '1.100', derived: true", "each: '1.200', derived: true"),
        [NATIONAL, "B.4", "19.800", "21.600"],
        id="a share",
    ),
    pytest.param(
        TOTALS,
        replacing("projects: [I.5]", "projects: [I.6]"),
        [TOTALS, "IV.1.a, lộ trình", "400", "900"],
        id="a row of the roadmap linked to another project",
    ),
    pytest.param(
        PROJECTS,
        replacing("lead: tg-so-tu-phap", "lead: tg-so-tu-phap-x"),
        [PROJECTS, "I.6", "tg-so-tu-phap-x"],
        id="an unknown agency",
    ),
    pytest.param(
        PROJECTS,
        replacing("source: NSTW-HTDP", "source: NSTW-HT"),
        [PROJECTS, "I.2", "NSTW-HT"],
        id="an unknown source",
    ),
    pytest.param(
        "documents/605-qd-ubnd/targets.yaml",
        replacing("indicator: officials-using-email", "indicator: officials-using-mail"),
        ["documents/605-qd-ubnd/targets.yaml", "officials-using-mail"],
        id="an unknown indicator",
    ),
    pytest.param(
        "documents/43-2008-qd-ttg/tasks.yaml",
        replacing("due: 2008-06-29", "due: 29/06/2008"),
        ["documents/43-2008-qd-ttg/tasks.yaml", "II.1.i", "29/06/2008"],
        id="a date in another notation",
    ),
    pytest.param(
        PROJECTS,
        replacing("total: '2.500'", "total: 2.5"),
        [PROJECTS, "I.1", "total", "2.5"],
        id="an amount without quotes",
    ),
    pytest.param(
        PROJECTS,
        replacing("  location: Toàn tỉnh", "  localtion: Toàn tỉnh"),
        [PROJECTS, "I.2", "localtion"],
        id="a misspelt field",
    ),
    pytest.param(
        PROJECTS,
        replacing("name: Xây dựng Cổng", f"name: {'Xây dựng ' * 60}Cổng"),
        [PROJECTS, "I.1 (record 1)", "name", "500"],
        id="a name that is too long",
    ),
    pytest.param(
        "funding/sources.yaml",
        replacing("- code: NSTW\n", "- code: [NSTW\n"),
        ["funding/sources.yaml"],
        id="a file that is no YAML",
    ),
    pytest.param(
        "agencies/groups.yaml",
        replacing("p10, p66", "p10, p67x"),
        ["agencies/groups.yaml", "pilot-2008", "p67x"],
        id="an unknown member",
    ),
    pytest.param(
        "programmes/programmes.yaml",
        replacing("lead: m-tttt", "lead: m-ttttt"),
        ["programmes/programmes.yaml", "2008", "m-ttttt"],
        id="an unknown lead",
    ),
]


@pytest.mark.parametrize(("file", "edit", "named"), BROKEN)
def test_fixtures_that_do_not_hold_are_refused_and_nothing_changes(
    tmp_path: Path, file: str, edit: Edit, named: list[str]
) -> None:
    folder = copied(tmp_path)
    edited(folder, file, edit)
    Agency.objects.get(key="tg-so-tdtt").delete()  # would be made anew, were it not for the mistake
    problems = refusal_of(folder)
    for word in named:
        assert word in "\n".join(problems)


def test_all_broken_sums_are_named_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for file in (TOTALS, "documents/43-2008-qd-ttg/totals.yaml"):
        edited(
            folder,
            file,
            lambda text: text.replace("'50.141'", "'50.142'").replace("'127.000'", "'128.000'"),
        )
    lines = refusal_of(folder)
    assert len([line for line in lines if "50.142" in line and "50.141" in line]) == 3
    assert len([line for line in lines if "128.000" in line and "127.000" in line]) == 1
