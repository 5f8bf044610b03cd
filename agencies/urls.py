"""Addresses of the agencies pages: the work list as home, agencies, one's account, for whom one acts."""

from django.urls import URLPattern, URLResolver, include, path

from agencies.search.views import search_page
from agencies.sign_in import log
from agencies.sign_in import views as own
from agencies.tokens import views as tokens
from agencies.views import acts, administration, detail, home, lists

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.worklist, name="worklist"),
    path("search/", search_page, name="search"),
    path("act-as/", home.act_as, name="act_as"),
    path("account/", own.account, name="account"),
    path("account/session/", own.session_left, name="session_left"),
    path("account/sessions/<int:pk>/end/", own.session_end, name="session_end"),
    path("account/sessions/end-others/", own.session_end_others, name="session_end_others"),
    path("account/tokens/", tokens.token_list, name="token_list"),
    path("account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("tokens/", tokens.people_tokens, name="people_tokens"),
    path("tokens/export.xlsx", tokens.people_tokens_export, name="people_tokens_export"),
    path("administration/", administration.administration, name="administration"),
    path("", include("agencies.people.urls")),
    path("administration/groups/", include("agencies.groups.urls")),
    path("administration/letters/", include("agencies.letters.urls")),
    path("administration/rights/", include("agencies.rights.urls")),
    path("sign-ins/", log.sign_in_list, name="sign_in_list"),
    path("sign-ins/export.xlsx", log.sign_in_list_export, name="sign_in_list_export"),
    path("agencies/", lists.agency_list, name="agency_list"),
    path("agencies/export.xlsx", lists.agency_list_export, name="agency_list_export"),
    path("agencies/new/", acts.agency_new, name="agency_new"),
    path("agencies/<slug:key>/", detail.agency_detail, name="agency_detail"),
    path("agencies/<slug:key>/acts/<slug:name>/", acts.agency_act, name="agency_act"),
]
