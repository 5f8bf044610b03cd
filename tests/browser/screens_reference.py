"""Screens of what is kept: lists of agencies, funding sources, indicators, texts of letters."""

from collections.abc import Callable

from django.urls import reverse

from tests.browser.screen import Screen, administrator
from tests.browser.world import World


def _at(name: str, *arguments: str, query: str = "") -> Callable[[World], str]:
    return lambda world: reverse(name, args=arguments) + query


REFERENCE = [
    Screen("lists of agencies", administrator, _at("group_list")),
    Screen("lists of agencies, nothing found", administrator, _at("group_list", query="?q=zzqx")),
    Screen("a list of agencies", administrator, _at("group_detail", "supported-provinces-2008")),
    Screen("change a list", administrator, _at("group_edit", "pilot-2008")),
    Screen("who is on a list", administrator, _at("group_members", "pilot-2008", query="?q=lang")),
    Screen("new list of agencies", administrator, _at("group_new")),
    Screen("remove a list that is used", administrator, _at("group_remove", "pilot-2008"), 422),
    Screen("funding sources", administrator, _at("source_list")),
    Screen("funding sources, nothing found", administrator, _at("source_list", query="?q=zzqx")),
    Screen("new funding source", administrator, _at("source_new")),
    Screen("a funding source", administrator, _at("source_edit", "NSDP-TT")),
    Screen("a source that sums up", administrator, _at("source_edit", "NSTW")),
    Screen("retire a source", administrator, _at("source_retire", "NSDP-TT")),
    Screen("indicators to keep", administrator, _at("kept_indicator_list")),
    Screen("new indicator", administrator, _at("indicator_new")),
    Screen("change an indicator", administrator, _at("indicator_edit", "officials-using-email")),
    Screen("retire an indicator", administrator, _at("indicator_retire", "officials-using-email")),
    Screen("indicator, for who keeps it", administrator, _at("indicator_detail", "officials-using-email")),
    Screen("texts of letters", administrator, _at("letter_list")),
    Screen("text of a letter", administrator, _at("letter_edit", "frame")),
    Screen("put the default text back", administrator, _at("letter_restore", "frame")),
]
