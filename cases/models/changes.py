"""What was written into open cases a little while ago."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import State
from cases.narrowing import ChangeQuerySet
from procedures.choices import Channel


class CaseChange(models.Model):
    """A version of an open case that a transaction wrote (+1) or replaced (-1), noted by a trigger.

    It is no history: it brings counts that were kept up to date, and is deleted after hours. It names what
    cases are counted by, as the case does, without constraints: each would lock another row at every step.
    """

    commune = models.ForeignKey("staff.Commune", models.DO_NOTHING, db_index=False, db_constraint=False)
    place = models.BigIntegerField(_("nơi"))
    xact = models.BigIntegerField(_("giao dịch"))
    sign = models.SmallIntegerField(_("thêm hay bớt"))
    state = models.CharField(_("tình trạng"), max_length=24, choices=State)
    due_at = models.DateTimeField(_("hẹn trả"))
    field_code = models.CharField(_("lĩnh vực"), max_length=60)
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel)
    holder_id = models.BigIntegerField(_("người xử lý"), null=True)
    reception_point_id = models.BigIntegerField(_("điểm tiếp nhận"))
    noticed_at = models.DateTimeField(_("thấy lúc"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi của hồ sơ")
        constraints = [
            models.CheckConstraint(condition=models.Q(sign__in=(-1, 1)), name="cases_casechange_one_case")
        ]
        indexes = [models.Index(fields=["commune", "xact"], name="cases_change_by_xact")]

    def __str__(self) -> str:
        return f"{self.sign:+d} {self.state} {self.due_at}"
