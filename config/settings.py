"""Settings, all from the environment and safe by default. docs/operations.md lists the variables."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment
from config.api_settings import (  # noqa: F401 - settings are read from this module
    API_BULK_ROWS,
    API_REQUESTS_PER_MINUTE,
    API_SCHEMA_PUBLIC,
    API_TOKEN_DAYS,
    KNOX_TOKEN_MODEL,
    MIGRATION_MODULES,
    OPEN_DATA_PUBLIC,
    OPEN_DATA_REQUESTS_PER_MINUTE,
    REST_FRAMEWORK,
    REST_KNOX,
    SPECTACULAR_SETTINGS,
)
from config.loopback import LOOPBACK_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- How the process is run -----------------------------------------------------------------------

SECRET_KEY = environment.text("SECRET_KEY")
# Keys of before: what they signed or locked is still read, so a new key signs nobody out.
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
DEBUG = environment.flag("DEBUG")
# Without HTTPS, for this machine only: checks, middleware, gunicorn.conf.py and `runserver` hold it.
INSECURE_LOOPBACK = environment.flag("INSECURE_LOOPBACK")
# The business time of core.clock in a demonstration; never set where real work is done.
ILLUSTRATIVE_NOW = environment.moment("ILLUSTRATIVE_NOW", TIME_ZONE)
# How many reverse proxies stand in front: they alone can tell the scheme and the visitor's address.
PROXIES = environment.integer("PROXIES", 0)

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ",".join(LOOPBACK_NAMES) if INSECURE_LOOPBACK else "")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

SECURE_SSL_REDIRECT = not INSECURE_LOOPBACK
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_LOOPBACK else environment.integer("HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_LOOPBACK
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not INSECURE_LOOPBACK
# agencies.sign_in.limits holds both: how long in all, and how long without activity.
SESSION_COOKIE_AGE = environment.integer("SESSION_HOURS", 12, least=1) * 3600
SESSION_IDLE_MINUTES = environment.integer("SESSION_IDLE_MINUTES", 30, least=1)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "agencies.expiry.csrf_failure"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # HSTS preload binds a whole domain for years: its owner decides, not this portal
]

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- What it is made of ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "core",
    "agencies",
    "plans",
    "budgets",
    "indicators",
    "sources",
    "reports",
    "scenario",
    "config",
    "django.contrib.admin.apps.SimpleAdminConfig",  # no app registers itself; config.superusers does it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "heroicons",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.middleware.LoopbackOnly",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "agencies.sign_in.limits.SessionLimits",
    "agencies.acting.ActingMiddleware",
    "agencies.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.context.acting",
                "plans.context.programmes",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache, files -----------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that every process and machine counts the same attempts; config.apps makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = BASE_DIR / environment.text("FILES_DIR", "out/files")
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = environment.integer("BODY_MB", 10) * 1024 * 1024  # of a form or an API request
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a grid of projects x years x sources posts one field a cell
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- People ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_ADAPTER = "agencies.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, who knows the address
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, and after SESSION_HOURS at the latest
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if INSECURE_LOOPBACK else "https"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # an office behind one address
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# The second step: a code of an app on the phone, or a recovery code. Security keys are not offered.
MFA_ADAPTER = "agencies.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "agencies.sign_in.forms.AuthenticateForm",
    "reauthenticate": "agencies.sign_in.forms.ReauthenticateForm",
    "activate_totp": "agencies.sign_in.forms.ActivateTOTPForm",
}
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be off by half a minute; no code counts twice all the same
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: the address is that of whoever the administrator meant
# Roles in which nothing can be done without it; "none" for no role. A demonstration asks nobody.
MFA_ROLES = frozenset(
    environment.words("MFA_ROLES", "none" if INSECURE_LOOPBACK else "administrator,reviewer")
) - {"none"}
# How long the log of sign-ins is kept; `manage.py prune_sign_ins` removes what is older.
SIGN_IN_DAYS = environment.integer("SIGN_IN_DAYS", 365, least=1)

# For how many days the link of an invitation can be used.
INVITATION_DAYS = environment.integer("INVITATION_DAYS", 7, least=1)

vars().update(environment.mail("EMAIL_URL", "console:" if INSECURE_LOOPBACK else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", "portal@localhost")
# Where the links in letters lead: nobody's request says so when a letter is written.
PORTAL_URL = environment.origin(
    "PORTAL_URL",
    f"http://localhost:{environment.text('PORT', '8000')}"
    if INSECURE_LOOPBACK
    else f"https://{(ALLOWED_HOSTS or ['localhost'])[0].lstrip('.*')}",
)

# --- Language -------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "vendor"]
FORMAT_MODULE_PATH = ["core.formats"]
USE_THOUSAND_SEPARATOR = False  # it would group years and ids in pages; |money and |number are the only ways

# --- Rules of the field -----------------------------------------------------------------------------

# From which share of the way from baseline to target a value is "near"; indicators/attainment.py reads it.
NEAR_SHARE = environment.share("NEAR_SHARE", "0.8")

# --- Logging: to stderr, where the service manager keeps it ---------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Anyone can send a wrong Host: a line of access log, not an error of ours with a traceback.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Its messages about every skipped font feature would drown the rest.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
