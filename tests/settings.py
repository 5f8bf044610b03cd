"""Settings of the tests: the portal's own, with a throwaway environment where none is given."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PORTAL_TEST_DIR" not in os.environ:
    # The first process makes the directory and removes it; its workers inherit the name.
    os.environ["PORTAL_TEST_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_TEST_DIR"], ignore_errors=True)
TEST_DIR = Path(os.environ["PORTAL_TEST_DIR"])

for name in (
    "ILLUSTRATIVE_NOW",
    "ALLOWED_HOSTS",
    "DEBUG",
    "PROXIES",
    "EMAIL_URL",
    "PORTAL_URL",
    "MFA_ROLES",
    "OPEN_DATA_PUBLIC",
    "OPEN_DATA_REQUESTS_PER_MINUTE",
    "SESSION_IDLE_MINUTES",
    "INVITATION_DAYS",
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789" * 5
os.environ["INSECURE_LOOPBACK"] = "1"
os.environ["FILES_DIR"] = str(TEST_DIR / "files")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{TEST_DIR}/portal.sqlite3")

from config.settings import *  # noqa: E402, F403 - the environment above must stand first
from config.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads then share it as processes do in real use.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Each test client builds the middleware anew: it need not look for every file each time.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["root"]["level"] = LOGGING["loggers"]["django"]["level"] = "WARNING"
