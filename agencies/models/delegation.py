"""Delegated signatures: who signs for the head of an agency, as what, by which document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import PROVINCE_KINDS, Agency
from agencies.models.people import Membership

POST_LENGTH = 200
NUMBER_LENGTH = 100
SIGNED_AS_LENGTH = 500
"""Room for the lines of a signature: two posts with their marks."""


class DelegationKind(models.TextChoices):
    """How somebody signs for the head (Điều 13, Nghị định 30/2020/NĐ-CP)."""

    KT = "kt", _("KT.: a deputy signs for the head")
    TL = "tl", _("TL.: signs by order of the head")
    TUQ = "tuq", _("TUQ.: signs by authority of the head")


_MARKS = {DelegationKind.KT: "KT.", DelegationKind.TL: "TL.", DelegationKind.TUQ: "TUQ."}


class Delegation(models.Model):
    """A signature delegated by an approver to another person of the agency.

    It gives an approver's `membership` for its days and no right of its own: that membership holds who, from
    when to when, and whether it was withdrawn.
    """

    giver = models.ForeignKey(
        Membership, models.PROTECT, related_name="delegations_given", verbose_name=_("delegated by")
    )
    kind = models.CharField(_("kind"), max_length=3, choices=DelegationKind.choices)
    giver_post = models.CharField(_("post of the head"), max_length=POST_LENGTH)
    signer_post = models.CharField(_("post of the signer"), max_length=POST_LENGTH)
    document_number = models.CharField(_("document"), max_length=NUMBER_LENGTH)
    scope = models.TextField(_("what may be signed"), blank=True)

    class Meta:
        verbose_name = _("delegation of signature")
        verbose_name_plural = _("delegations of signature")

    def __str__(self) -> str:
        return f"{self.mark} {self.giver_post}: {self.membership.user}"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def mark(self) -> str:
        return _MARKS[DelegationKind(self.kind)]

    def signature(self, agency: Agency) -> str:
        """The lines above the name, as Phụ lục I of Nghị định 30/2020/NĐ-CP prints them.

        "KT. BỘ TRƯỞNG" and "THỨ TRƯỞNG"; a deputy of a Ủy ban nhân dân signs in its name first.
        """
        lines = [f"{self.mark} {self.giver_post}", self.signer_post]
        if self.kind == DelegationKind.KT and agency.kind in PROVINCE_KINDS:
            lines.insert(0, "TM. ỦY BAN NHÂN DÂN")
        return "\n".join(lines).upper()


def signature_of(membership: Membership) -> str:
    """The lines above the name of who signs in a delegated membership; "" of everybody else."""
    return membership.delegation.signature(membership.agency) if membership.delegation else ""


def in_one_line(signature: str) -> str:
    """ "KT. BỘ TRƯỞNG / THỨ TRƯỞNG"."""
    return signature.replace("\n", " / ")


def signer_words(signer: str, signed_as: str) -> str:
    """Who signed a letter and as what: "Nguyễn Văn A (KT. BỘ TRƯỞNG / THỨ TRƯỞNG)"."""
    return f"{signer} ({in_one_line(signed_as)})" if signer and signed_as else signer
