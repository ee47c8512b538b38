from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app that holds the commands and binds the tasks to their queue."""

    name = "config"

    def ready(self) -> None:
        """Make the queue and the checks known before anybody calls them."""
        import_module("config.celery")
        import_module("config.checks")
        import_module("config.prepared")
