"""The pulse of what runs by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import Schedule


class Heartbeat(models.Model):
    """When a schedule last came round; a row that grows old shows what stands still."""

    schedule = models.CharField(_("việc định kỳ"), max_length=16, choices=Schedule, unique=True)
    at = models.DateTimeField(_("lần gần nhất"))

    class Meta:
        verbose_name = _("nhịp chạy")

    def __str__(self) -> str:
        return f"{self.schedule} {self.at}"
