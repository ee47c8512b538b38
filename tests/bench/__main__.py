"""``python3 -m tests.bench --folder DIR … --report docs/benchmark.md``."""

import os
import secrets
import sys
from importlib import import_module

import django

from config.testing import OF_AN_INSTALLATION


def set_up():
    """Make the models known, of which the queue's statement is built; nothing is asked through them."""
    for name in OF_AN_INSTALLATION:
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    os.environ["SECRET_KEY"] = secrets.token_hex()
    django.setup()
    del os.environ["SECRET_KEY"]


if __name__ == "__main__":
    set_up()
    sys.exit(import_module("tests.bench.command").main())
