"""What the citizen owes. Obligations are rows and never change; taking and voiding are rows beside them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class FeeObligation(models.Model):
    """One fee line as it was quoted at reception, with the rule that explains it."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="obligations")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("khoản thu"), max_length=300)
    kind = models.CharField(_("loại"), max_length=10)
    charge = models.CharField(_("mã khoản thu"), max_length=60)
    base_vnd = models.BigIntegerField(_("mức thường"))
    payable_vnd = models.BigIntegerField(_("phải nộp"))
    certainty = models.CharField(_("độ chắc chắn"), max_length=1)
    exemption_code = models.CharField(_("quy định miễn giảm"), max_length=60, blank=True)
    reason = models.JSONField(_("lý do"))

    class Meta:
        verbose_name = _("khoản phải nộp")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payable_vnd__gte=0, base_vnd__gte=F("payable_vnd")),
                name="cases_feeobligation_payable_within_base",
            ),
        ]

    def __str__(self) -> str:
        return self.name
