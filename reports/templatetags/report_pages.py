"""Addresses of the reports pages in templates, and small questions of them."""

from collections.abc import Mapping
from typing import Any

from django import template

from reports.figures.presenting import Look, class_label, obligation_look, scope_label
from reports.figures.shapes import Money, Obligation
from reports.models import Cycle, Report
from reports.views.access import cycle_url, report_url

register = template.Library()


@register.simple_tag
def cycle_page(cycle: Cycle, page: str = "cycle_detail", **more: Any) -> str:
    """The address of a page of this period: `{% cycle_page cycle "compliance" %}`."""
    return cycle_url(page, cycle, **more)


@register.simple_tag
def obligation_page(cycle: Cycle, agency: str, page: str = "report_detail", **more: Any) -> str:
    """The address of a page of one agency's report in this period."""
    return cycle_url(page, cycle, key=agency, **more)


@register.simple_tag
def report_page(report: Report, page: str = "report_detail", **more: Any) -> str:
    """The address of a page of this report."""
    return report_url(page, report, **more)


@register.simple_tag
def back_to_report(report: Report) -> dict[str, str]:
    """Hidden fields of an act: where to go back when it is refused."""
    return {"next": report_url("report_detail", report)}


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key that stands in a variable; "" without one."""
    return mapping.get(key, "")


@register.filter
def look(one: Obligation) -> Look:
    """The timeliness of an obligation as tag.html draws it."""
    return obligation_look(one)


@register.filter
def scope_name(name: str) -> Any:
    """For whom a target of the figures is."""
    return scope_label(name)


@register.filter
def class_name(key: str) -> Any:
    """What a class of agencies is called."""
    return class_label(key)


@register.filter
def flows_of(money: Money) -> list[Any]:
    """The four amounts after the plan: assigned, released, disbursed, settled."""
    return [money.assigned, money.released, money.disbursed, money.settled]
