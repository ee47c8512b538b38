"""The door through which gunicorn calls the office."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config.checks import installation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
lacking = installation(None)
if lacking:
    raise ImproperlyConfigured("\n".join(str(each.msg) for each in lacking))
