"""Addresses of a plan's pages and acts in templates."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.models import Plan

register = template.Library()


@register.simple_tag
def plan_page(plan: Plan, name: str, **more: Any) -> str:
    """The address of a page of this version of the plan: `{% plan_page plan "plan_part" part="tasks" %}`."""
    return reverse(name, kwargs={"code": plan.code, "version": plan.version, **more})


@register.simple_tag
def act_url(plan: Plan, name: str) -> str:
    """Where an act is asked about and performed."""
    return reverse("plan_act", kwargs={"code": plan.code, "version": plan.version, "name": name})


@register.simple_tag
def plan_fields(plan: Plan) -> dict[str, str]:
    """Hidden fields of an act: where to go back when it is refused."""
    return {"next": reverse("plan_detail", kwargs={"code": plan.code, "version": plan.version})}


@register.simple_tag
def plan_exports(xlsx: str) -> list[tuple[Any, str]]:
    """What can be taken away of a list of plans, for filter_bar."""
    return [(_("As XLSX"), xlsx)]
