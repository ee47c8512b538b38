"""The office: who answers, where and when it works."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Communes, centres, officers, calendars and the sign-in."""

    name = "staff"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Tổ chức và cán bộ")
