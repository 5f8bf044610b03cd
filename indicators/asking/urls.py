"""Where the status figures of an outline are kept, below /administration/programmes/<code>/."""

from django.urls import URLPattern, URLResolver, path

from indicators.asking.views import programme_asked

urlpatterns: list[URLPattern | URLResolver] = [
    path("status-figures/", programme_asked, name="programme_asked"),
]
