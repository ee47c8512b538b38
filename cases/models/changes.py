"""Who wrote into the cases of a commune."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseChange(models.Model):
    """A transaction that wrote into the cases of a commune, noted by a trigger (migration 0022).

    It is no history: counts that were kept are held against it for minutes, and it is deleted after hours.
    """

    # No foreign key in the database: each of them would lock the row of the commune.
    commune = models.ForeignKey("staff.Commune", models.DO_NOTHING, db_index=False, db_constraint=False)
    xact = models.BigIntegerField(_("giao dịch"))
    noticed_at = models.DateTimeField(_("thấy lúc"), null=True)

    class Meta:
        verbose_name = _("thay đổi của hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["commune", "xact"], name="cases_casechange_once_a_transaction")
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.xact}"
