"""The chain of acts: written once an action, broken by any change, and the command that says where."""

import io
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from agencies import audit
from agencies.audit import recording, verify
from agencies.models import Agency, AuditEntry, AuditHead
from agencies.models.audit import GENESIS
from plans.models import PlanRevision
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def act(cast: Cast, count: int = 1, **data: object) -> None:
    """One action that notes `count` acts."""
    with recording() as record:
        for number in range(count):
            record.add("test", cast.editor.agency, actor=cast.editor, number=number, **data)


def act_and_fail(cast: Cast) -> None:
    with recording() as record:
        record.add("lost", cast.editor.agency, actor=cast.editor)
        raise ZeroDivisionError


def drop_triggers(table: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check of a foreign key may be pending
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        for name in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {table}_no_{name}")


def command(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        command(*arguments)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    return str(refused.value)


# Writing


def test_an_entry_names_what_it_removed_by_its_id(cast: Cast) -> None:
    agency = Agency.objects.create(key="nham", name="Ban Nhầm", short_name="Ban Nhầm", kind="don_vi")
    pk = agency.pk
    with recording() as record:
        record.add("removed", agency, actor=cast.admin)
        agency.delete()
    assert AuditEntry.objects.latest("sequence").object_id == str(pk)


def test_each_entry_carries_the_hash_of_the_one_before(cast: Cast) -> None:
    act(cast, 3)
    entries = list(AuditEntry.objects.order_by("sequence"))
    assert entries[0].previous_hash == GENESIS
    for before, after in pairwise(entries):
        assert after.previous_hash == before.hash
        assert after.sequence == before.sequence + 1
    head = AuditHead.objects.get()
    assert (head.count, head.hash) == (len(entries), entries[-1].hash)
    assert verify().broken_at is None


def test_an_entry_says_who_did_what_for_whom_and_when(cast: Cast, june_2008: object) -> None:
    act(cast, ghi_chú="Tiền Giang")
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.user, entry.agency, entry.role) == (cast.editor.user, cast.editor.agency, "editor")
    assert (entry.object_kind, entry.object_label) == ("agencies.agency", "Tỉnh Tiền Giang")
    assert entry.data == '{"ghi_chú":"Tiền Giang","number":0}'
    assert (entry.at.year, entry.recorded_at.year > 2020) == (2008, True)


def test_a_failed_action_leaves_no_entry(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError):
        act_and_fail(cast)
    assert AuditEntry.objects.count() == before
    act(cast)
    assert AuditEntry.objects.count() == before + 1


def test_nested_actions_are_written_once_by_the_outermost(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    with recording() as record:
        record.add("outer", cast.editor.agency, actor=cast.editor)
        act(cast)
        assert AuditEntry.objects.count() == before
        with pytest.raises(ZeroDivisionError):
            act_and_fail(cast)
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))[before:]
    assert verbs == ["outer", "test"]


# Refusing change


@pytest.mark.parametrize("table", ["agencies_auditentry", "plans_planrevision"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses_change_and_removal(table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="only added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))


def test_the_orm_is_refused_too(cast: Cast) -> None:
    for change in (
        lambda: AuditEntry.objects.update(verb="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: PlanRevision.objects.update(content="x"),
        lambda: AuditEntry.objects.latest("sequence").save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_there_is_one_head_only(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditHead.objects.create(pk=2)


# Verifying


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "approve"),
        ("object_label", "Kế hoạch khác"),
        ("data", '{"number":1}'),
        ("role", "reviewer"),
        ("user_id", None),
        ("agency_id", None),
        ("object_id", "0"),
        ("at", "2008-01-01T00:00:00+00:00"),
        ("hash", "1" * 64),
        ("previous_hash", "1" * 64),
    ],
)
def test_a_changed_entry_is_named(cast: Cast, field: str, value: object) -> None:
    act(cast, 5)
    third = AuditEntry.objects.order_by("-sequence")[2]
    drop_triggers("agencies_auditentry")
    AuditEntry.objects.filter(pk=third.pk).update(**{field: value})
    verdict = verify()
    assert (verdict.broken_at, verdict.reason) == (third.sequence, "changed")
    assert verdict.count == third.sequence - 1
    assert f"entry {third.sequence}:" in refusal()


def test_an_entry_rehashed_in_place_breaks_the_next(cast: Cast) -> None:
    act(cast, 5)
    third = AuditEntry.objects.order_by("-sequence")[2]
    drop_triggers("agencies_auditentry")
    third.verb = "forged"
    third.hash = audit.hash_of(third)
    third.save()
    assert verify().broken_at == third.sequence + 1


def test_a_removed_entry_is_named(cast: Cast) -> None:
    act(cast, 5)
    third = AuditEntry.objects.order_by("-sequence")[2]
    drop_triggers("agencies_auditentry")
    third.delete()
    assert (verify().broken_at, verify().reason) == (third.sequence, "missing")
    assert f"entry {third.sequence}:" in refusal()


def test_a_cut_tail_is_found_by_the_head(cast: Cast) -> None:
    act(cast, 5)
    last = AuditEntry.objects.latest("sequence")
    drop_triggers("agencies_auditentry")
    AuditEntry.objects.filter(sequence__gt=last.sequence - 2).delete()
    verdict = verify()
    assert (verdict.broken_at, verdict.reason, verdict.count) == (last.sequence - 1, "cut", last.sequence - 2)
    assert f"entry {last.sequence - 1}:" in refusal()


def test_a_tail_cut_together_with_the_head_is_found_by_an_issued_file(cast: Cast) -> None:
    act(cast, 5)
    issued = verify().head
    drop_triggers("agencies_auditentry")
    last = AuditEntry.objects.latest("sequence")
    AuditEntry.objects.filter(pk=last.pk).delete()
    before = AuditEntry.objects.latest("sequence")
    AuditHead.objects.update(count=before.sequence, hash=before.hash)
    assert verify().broken_at is None
    assert verify(issued).reason == "unknown_head"
    assert issued in refusal("--expect", issued)


def test_the_head_of_any_time_is_known(cast: Cast) -> None:
    heads = [GENESIS, verify().head]
    act(cast, 2)
    heads.append(verify().head)
    act(cast)
    for head in heads:
        assert verify(head).broken_at is None
        assert command("--expect", head.upper())


def test_an_intact_chain_tells_its_count_and_head(cast: Cast) -> None:
    act(cast, 2)
    verdict = verify()
    assert command().strip() == f"Intact: {AuditEntry.objects.count()} entries, head {verdict.head}"


def test_a_hash_that_is_none_is_refused() -> None:
    assert "abc" in refusal("--expect", "abc")


def test_an_empty_chain_is_intact() -> None:
    drop_triggers("agencies_auditentry")
    AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()
    assert verify() == audit.Verdict(0, GENESIS)
    assert Agency.objects.exists()
