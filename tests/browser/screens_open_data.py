"""The screens of open data."""

from django.urls import reverse

from tests.browser.screen import Screen, editor

OPEN_DATA = [
    Screen("open data", editor, lambda w: reverse("open_data")),
    Screen("open data of a day", editor, lambda w: reverse("open_data") + "?on=04/08/2011&programme=2008"),
    Screen("data dictionary", editor, lambda w: reverse("open_data_dictionary")),
]
