"""Settings of the bare pages: the same Django, server and database, without anything of the office around."""

from config.settings.production import *  # noqa: F403 - a settings module is a continuation of its base

ROOT_URLCONF = "tests.bench.bare_pages"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]  # it says how long the answer is
