"""That a citizen agreed to be served with what was declared earlier."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecallConsent(models.Model):
    """A citizen at the counter agreed that data of an earlier case of this commune are used again.

    Written at the moment of the tick, before anything of the earlier case is shown. ``intake_key`` is the key
    of the form, and so of the case that came of it. Only added to; it holds codes and no personal data.

    Legal source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (consent); Nghị định 118/2025/NĐ-CP, Điều 5.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    intake_key = models.UUIDField(_("khóa nhập"))
    source_code = models.CharField(_("hồ sơ đã khai"), max_length=40)
    officer = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(_("đồng ý lúc"))

    class Meta:
        verbose_name = _("đồng ý dùng lại dữ liệu")
        ordering = ["-agreed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "intake_key", "source_code"], name="cases_recallconsent_once_a_form"
            )
        ]

    def __str__(self) -> str:
        return self.source_code
