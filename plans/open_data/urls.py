"""Addresses of open data; they stay as they are, for programs keep them."""

from django.urls import URLPattern, URLResolver, path

from plans.views import open_data

urlpatterns: list[URLPattern | URLResolver] = [
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/dictionary/", open_data.open_data_dictionary, name="open_data_dictionary"),
    path(
        "open-data/dictionary.<slug:form>",
        open_data.open_data_dictionary_file,
        name="open_data_dictionary_file",
    ),
    path("open-data/<slug:key>.<slug:form>", open_data.open_data_file, name="open_data_file"),
]
