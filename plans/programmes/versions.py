"""Two administrators at one programme: whoever comes second is told, and sees what changed meanwhile."""

from django.utils.translation import gettext as _

from core.findings import Finding, Refused, error


def stale(current: int, version: int | None) -> list[Finding]:
    """Why a change made on an older version is not done; None asks nothing: the API sends If-Match."""
    if version is None or version == current:
        return []
    text = _(
        "Somebody else changed it meanwhile. What you stated is still here: look at the page once more, then "
        "save again."
    )
    return [error("changed_meanwhile", text)]


def refuse_stale(current: int, version: int | None) -> None:
    if found := stale(current, version):
        raise Refused(str(found[0].text), found, code="changed_meanwhile")
