"""The door through which gunicorn calls the office."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
if "index" not in settings.FIELD_KEYS:
    raise ImproperlyConfigured("The keys for personal numbers are missing; set MOTCUA_KEYS to their file.")
