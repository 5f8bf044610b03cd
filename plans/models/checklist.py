"""What a reviewer checks before a plan is decided: the list of a programme, and the ticks of a review."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import NAME_LENGTH
from plans.models.basis import LegalBasis
from plans.models.plan import Plan
from plans.models.programme import Programme


class ChecklistItem(LegalBasis):
    """One thing to check in every plan of a programme; a `required` one bars approval until ticked."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="checklist")
    text = models.CharField(_("what is checked"), max_length=NAME_LENGTH)
    required = models.BooleanField(_("required for approval"), default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class ReviewTick(models.Model):
    """An item that was ticked in the review that is open. The step that ends the review freezes the ticks."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="review_ticks")
    item = models.ForeignKey(ChecklistItem, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "item"], name="review_tick_once")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.item}"
