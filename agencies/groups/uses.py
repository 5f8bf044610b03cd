"""What rests on a list of agencies: plans' lines and targets, report lines of open periods."""

from agencies.keeping.uses import Uses
from agencies.models import AgencyGroup

USES: Uses[AgencyGroup] = Uses()
"""Upper apps register what they know of."""
