"""Screens for superusers: the tables, a list, a row."""

from agencies.models import Membership, Role, User
from config.superusers import columns
from plans.models import Plan, Task
from tests.browser.screen import Screen
from tests.browser.world import World


def superuser(world: World) -> Membership:
    """A superuser, who also acts as a viewer of Tiền Giang; made when a screen first asks."""
    email = "may-chu@minhhoa.example"
    found = Membership.objects.filter(user__email=email).select_related("user").first()
    if found is None:
        person = User.objects.create_superuser(email, full_name="Người vận hành máy chủ")
        found = Membership.objects.create(user=person, agency=world.editor().agency, role=Role.VIEWER)
    return found


SUPERUSERS = [
    Screen("all rows", superuser, lambda w: "/superuser/"),
    Screen("rows of a table", superuser, lambda w: columns.list_address_of(Task) + "?q=thong+tin"),
    Screen("rows filtered", superuser, lambda w: columns.list_address_of(Plan) + "?state__exact=approved"),
    Screen("no rows", superuser, lambda w: columns.list_address_of(Plan) + "?q=zzqx"),
    Screen("one row", superuser, lambda w: columns.address_of(w.approved)),
    Screen("row with a secret", superuser, lambda w: columns.address_of(superuser(w).user)),
]
