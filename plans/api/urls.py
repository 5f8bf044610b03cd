"""Addresses of the API of programmes and documents, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from plans.api.documents import ClauseViewSet, DocumentViewSet
from plans.api.programmes import ProgrammeViewSet

LIST, ONE = {"get": "list"}, {"get": "retrieve"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", ProgrammeViewSet.as_view(LIST), name="programme_list"),
    path("programmes/<slug:code>/", ProgrammeViewSet.as_view(ONE), name="programme_detail"),
    path("documents/", DocumentViewSet.as_view(LIST), name="document_list"),
    path("documents/<slug:slug>/", DocumentViewSet.as_view(ONE), name="document_detail"),
    path("documents/<slug:slug>/clauses/", ClauseViewSet.as_view(LIST), name="clause_list"),
    path("documents/<slug:slug>/clauses/<path:number>/", ClauseViewSet.as_view(ONE), name="clause_detail"),
]
