"""The door through which gunicorn calls the office."""

import gc
import os

import django

from config.checks import require_complete
from config.handler import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)
application = Utf8Handler()
require_complete()

# What was loaded stays; what a request makes is mostly gone before it is searched for circles.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
