"""The app of what was asked: cases, their papers, their history."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What was asked."""

    name = "cases"
    verbose_name = _("Hồ sơ")
