"""Agencies, the groups that documents list them in, and who succeeded whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import NAME_LENGTH, SearchKeyField, SortKeyField
from core.vietnamese import clean, search_key

if TYPE_CHECKING:
    from agencies.models.people import Membership


class AgencyKind(models.TextChoices):
    """What an agency is; the values are those of the agency list."""

    MINISTRY = "bo", _("Ministry")
    MINISTERIAL = "co_quan_ngang_bo", _("Ministerial-level agency")
    GOVERNMENT_AGENCY = "co_quan_thuoc_cp", _("Agency under the Government")
    CENTRAL_CITY = "thanh_pho_tttw", _("Centrally-run city")
    PROVINCE = "tinh", _("Province")
    UNIT_OF_MINISTRY = "don_vi_thuoc_bo", _("Unit of a ministry")
    DEPARTMENT = "so", _("Department of a province")
    DISTRICT = "quan_huyen", _("District")
    UNIT = "don_vi", _("Other unit")
    CENTRAL_BODY = "co_quan_trung_uong", _("Other body at the centre")


MINISTRY_KINDS = (AgencyKind.MINISTRY, AgencyKind.MINISTERIAL)
PROVINCE_KINDS = (AgencyKind.CENTRAL_CITY, AgencyKind.PROVINCE)

# The classes that documents speak of ("các Bộ, cơ quan ngang Bộ", "các tỉnh", ...), as kinds of agency.
CLASSES: dict[str, tuple[str, ...]] = {
    "ministries": tuple(MINISTRY_KINDS),
    "central-cities": (AgencyKind.CENTRAL_CITY,),
    "provinces": (AgencyKind.PROVINCE,),
    "government-agencies": (AgencyKind.GOVERNMENT_AGENCY,),
    "districts": (AgencyKind.DISTRICT,),
    "departments": (AgencyKind.DEPARTMENT, AgencyKind.DISTRICT, AgencyKind.UNIT),
    "country": (),  # what a document sets for the whole country and assigns to nobody: no agency is of it
}
CLASS_LABELS = {
    "ministries": _("Ministries and ministerial-level agencies"),
    "central-cities": _("Centrally-run cities"),
    "provinces": _("Provinces"),
    "government-agencies": _("Agencies under the Government"),
    "districts": _("Districts"),
    "departments": _("Departments and districts of the province"),
    "country": _("The whole country"),
}
# The classes that an agency can be of.
CLASS_CHOICES = tuple((name, CLASS_LABELS[name]) for name, kinds in CLASSES.items() if kinds)


def class_of(kind: str) -> str:
    """The first class that holds agencies of `kind`, or "" when documents name none."""
    return next((name for name, kinds in CLASSES.items() if kind in kinds), "")


class AgencyQuerySet(models.QuerySet["Agency"]):
    def in_force(self, on: date) -> "AgencyQuerySet":
        """Agencies that exist on the day; an unknown start or end does not exclude."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )

    def of_classes(self, names: Iterable[str]) -> "AgencyQuerySet":
        kinds = [kind for name in names for kind in CLASSES[name]]
        return self.filter(kind__in=kinds)

    def matching(self, text: str) -> "AgencyQuerySet":
        """Names that hold the text, without diacritics and with đ = d."""
        key = search_key(text)
        return self.filter(Q(search_key__contains=key) | Q(key__iexact=clean(text))) if key else self

    def in_order(self) -> "AgencyQuerySet":
        return self.order_by("position", "sort_key", "id")

    def standing_so(self, membership: "Membership", relations: Iterable[str]) -> "AgencyQuerySet":
        """Those whose `relation_to` the membership is one of `relations`."""
        own, below = Q(pk__in=membership.agency_ids), Q(parent__in=membership.agency_ids)
        led = Q(pk__isnull=not membership.keeps_portal)  # all, or none
        asked = {"own": own, "subordinate": below, "led": led, "foreign": ~(own | below | led)}
        return self.filter(reduce(or_, (asked[one] for one in relations if one in asked), Q(pk__in=())))


class Agency(models.Model):
    """Whoever plans and reports. Identified by its own id; `key` names it in addresses and fixtures.

    A province's agency stands for its Ủy ban nhân dân. `province_code` is valid for this row's period only:
    code 82 was Tiền Giang until 30/06/2025 and is Đồng Tháp's since.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    short_name = models.CharField(_("short name"), max_length=NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("parent agency")
    )
    province_code = models.CharField(_("province code"), max_length=4, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    place = models.CharField(_("place on letters"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    basis = models.CharField(_("document that created it"), max_length=200, blank=True)
    end_basis = models.CharField(_("document that ended it"), max_length=200, blank=True)
    verification = models.CharField(_("verification"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    # For all others, as its principal successor does after it: docs/decisions/0017.
    keeps_portal = models.BooleanField(_("keeps the portal"), default=False, editable=False)
    # [[id, ISO day, renamed], ...]: everyone whose principal successor it is through all generations, since
    # when, and whether by renamings alone. A copy of the successions that every page reads with the
    # membership; `Succession.objects.spread()` keeps it.
    answers_for = models.JSONField(default=list, blank=True, editable=False)
    search_key = SearchKeyField(source="words")
    sort_key = SortKeyField(source="short_name")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="agency_period_runs_forward",
            ),
            models.UniqueConstraint(
                fields=["keeps_portal"], condition=Q(keeps_portal=True), name="agency_one_keeps_portal"
            ),
        ]
        indexes = [models.Index(fields=["kind", "sort_key"], name="agency_kind_sort")]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """What it is looked up by: its name, and its short one where the name does not hold that."""
        return self.name if self.short_name in self.name else f"{self.name}\n{self.short_name}"

    def clean(self) -> None:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": _("The period ends before it begins; give a later day.")})

    @property
    def audit_label(self) -> str:
        return self.name

    @property
    def agency_class(self) -> str:
        return class_of(self.kind)

    @property
    def issuer_name(self) -> str:
        """The name that signs: a province's agency stands for its Ủy ban nhân dân."""
        if self.kind in PROVINCE_KINDS:
            return f"Ủy ban nhân dân {self.name[0].lower()}{self.name[1:]}"
        return self.name

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def answers_for_on(self, day: date) -> frozenset[int]:
        """Ids of the agency itself and of those that it has principally succeeded by the day."""
        return frozenset({self.pk, *(key for key, on, _renamed in self.answers_for if on <= day.isoformat())})

    def names_on(self, day: date) -> frozenset[int]:
        """Ids of the agency itself and of what it was called before: it is the same under another name."""
        before = (key for key, on, renamed in self.answers_for if renamed and on <= day.isoformat())
        return frozenset({self.pk, *before})

    def relation_to(self, membership: "Membership") -> frozenset[str]:
        """OWN, SUBORDINATE, and LED to who keeps the portal; `standing_so` asks the database the same."""
        stands = {
            "own": self.pk in membership.agency_ids,
            "subordinate": self.parent_id in membership.agency_ids,
            "led": membership.keeps_portal,
        }
        return frozenset(name for name, holds in stands.items() if holds) or frozenset({"foreign"})


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def spread(self) -> None:
        """Write `Agency.answers_for` anew from all principal successions, after every change of them."""
        heirs: dict[int, list[Succession]] = defaultdict(list)
        for one in self.filter(principal=True).only("predecessor_id", "successor_id", "on", "kind"):
            heirs[one.successor_id].append(one)
        changed = []
        for agency in Agency.objects.only("id", "answers_for"):
            found = _inherited(agency.pk, heirs)
            if found != agency.answers_for:
                agency.answers_for = found
                changed.append(agency)
        Agency.objects.bulk_update(changed, ["answers_for"])


def _inherited(agency_id: int, heirs: Mapping[int, Sequence["Succession"]]) -> list[list[int | str | bool]]:
    """All predecessors with the day from which the agency stands for each, which is the last of the way."""
    found: dict[int, tuple[date, bool]] = {}
    waiting = [(agency_id, date.min, True)]
    while waiting:
        current, since, same = waiting.pop()
        for one in heirs.get(current, ()):
            if one.predecessor_id not in found and one.predecessor_id != agency_id:
                day, renamed = max(one.on, since), same and one.kind == Succession.Kind.RENAMED
                found[one.predecessor_id] = day, renamed
                waiting.append((one.predecessor_id, day, renamed))
    return [[key, day.isoformat(), renamed] for key, (day, renamed) in sorted(found.items())]


class Succession(models.Model):
    """What became of an agency. Exactly one principal successor takes the whole, "as of today".

    A renaming is a succession too: the row of the old name ends, so nothing of the past is relabelled.
    """

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="predecessions")
    on = models.DateField(_("from"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MERGED)
    principal = models.BooleanField(_("principal successor"), default=True)
    document_number = models.CharField(_("document"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(principal=True), name="succession_one_principal"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor}"


class AgencyGroup(models.Model):
    """A dated list of agencies with the document it comes from, or the note that none prints it."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    valid_on = models.DateField(_("as of"))
    document_number = models.CharField(_("document"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    derived = models.BooleanField(_("derived, not printed"), default=False)
    members = models.ManyToManyField(Agency, through="GroupMember", related_name="groups")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("group of agencies")
        verbose_name_plural = _("groups of agencies")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return self.name


class GroupMember(models.Model):
    """One agency in a group, at its printed position."""

    group = models.ForeignKey(AgencyGroup, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="group_memberships")
    position = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "agency"], name="group_member_once")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.group}: {self.agency}"
