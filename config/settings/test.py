"""The tests: the application role on a throw-away database, quick hashing, nothing outside this machine."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)

from config.settings.base import *

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REDIS_URL = ""
FIELD_KEYS = {"1": "11" * 32, "index": "22" * 32}

# Static files come from where they lie; nothing was collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Tests of the limits set their own.
API_PER_MINUTE_TOKEN = API_PER_MINUTE_ADDRESS = API_PER_MINUTE_WRONG = 1_000_000
