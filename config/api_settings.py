"""Settings of the API and of open data, which config.settings takes in. See docs/operations.md."""

from config import environment

# Requests of one token in one minute.
API_REQUESTS_PER_MINUTE = environment.integer("API_REQUESTS_PER_MINUTE", 600)
# How many lines of a plan one request may bring; its body may have DATA_UPLOAD_MAX_MEMORY_SIZE bytes.
API_BULK_ROWS = environment.integer("API_BULK_ROWS", 5000)
# For how many days a token may be made.
API_TOKEN_DAYS = environment.integer("API_TOKEN_DAYS", 180)
# Whether the schema and its page are shown to who has not signed in.
API_SCHEMA_PUBLIC = environment.flag("API_SCHEMA_PUBLIC")

# --- Open data ----------------------------------------------------------------------------------------

# Whether /open-data/ is open to who has not signed in.
OPEN_DATA_PUBLIC = environment.flag("OPEN_DATA_PUBLIC")
# Requests of one network address in one minute, of who has not signed in.
OPEN_DATA_REQUESTS_PER_MINUTE = environment.integer("OPEN_DATA_REQUESTS_PER_MINUTE", 60, least=1)

# --- Tokens -------------------------------------------------------------------------------------------

KNOX_TOKEN_MODEL = "agencies.ApiToken"  # noqa: S105 - the name of a model
# knox' own table would stand beside ours, refer to people, and belong to no model.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {"TOKEN_PREFIX": "portal_"}  # so that a token that leaked is known for what it is

# --- Requests and schema ------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.reading.StrictJson"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["agencies.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["core.api.lists.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "core.api.lists.Pages",
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.PortalSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "core.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Agency IT planning portal",
    "DESCRIPTION": "What the pages of the portal show and do, for programs.",
    "EXTERNAL_DOCS": {"description": "Guide with real calls", "url": "/api/docs/guide/"},
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.links.add_links",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AgencyKindEnum": "agencies.models.AgencyKind",
        "AgencyClassEnum": "agencies.models.agency.CLASS_CHOICES",
        "IndicatorKindEnum": "indicators.models.Indicator.Kind",
        "RoleEnum": "agencies.models.Role",
        "GivenRoleEnum": "agencies.people.rules.ROLE_CHOICES",
        "AccountStateEnum": "agencies.people.states.AccountState",
        "DelegationKindEnum": "agencies.models.DelegationKind",
        "TokenScopeEnum": "agencies.models.ApiToken.Scope",
        "ReviewScopeEnum": "plans.models.CoReviewer.Scope",
        "PlanKindEnum": "plans.models.PlanKind",
        "PlanStateEnum": "plans.models.PlanState",
        "FilingStateEnum": "reports.models.FilingState",
        "TaskStatusEnum": "reports.models.TaskResult.Status",
        "ProjectStatusEnum": "reports.models.ProjectResult.Status",
    },
}
