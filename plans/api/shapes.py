"""What several endpoints of plans say."""

from core.api.fields import Shown
from plans.models import Plan


class PlanRef(Shown):
    """A plan named in passing: one version of it, by its code."""

    class Meta:
        model = Plan
        fields = ["code", "version", "kind", "state"]
