"""The WSGI application (`gunicorn`). Refuses to serve with settings that must not meet."""

import os
from io import StringIO

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
call_command("check", stdout=StringIO())  # raises on an error; only "no issues" goes to stdout
