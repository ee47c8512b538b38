"""The office at work: on a server, in a container or under ``manage.py up``."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment
from config.settings.base import *

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY (or SECRET_KEY_FILE) is not set; `manage.py up` makes one in its data folder."
    )

if not environment.flag("DATABASE_POOLER"):
    # A connection has planned what it is asked again and again; it is kept as long as it may live.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 8, "timeout": 10, "max_idle": 3600}

if REDIS_URL:
    CACHES["default"] = {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

is_https = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = is_https
CSRF_COOKIE_SECURE = is_https
LANGUAGE_COOKIE_SECURE = is_https
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS") or (31536000 if is_https else 0))
SECURE_SSL_REDIRECT = is_https and not environment.flag("NO_HTTPS_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics/$"]  # asked from beside the office, without a proxy
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
