"""Beside a case that an agency outside the commune decides: its papers, their list, when they left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.foreign import PaperHandover


class AgencySending(models.Model):
    """The papers of a case on their way to the agency that decides it.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 18 (paper within one working day).
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="sending")
    papers = models.JSONField(_("giấy tờ gửi đi"), default=list)
    paper_due_at = models.DateTimeField(_("hạn chuyển bản giấy"))
    handover = models.ForeignKey(
        PaperHandover, models.PROTECT, null=True, related_name="sendings", db_index=False
    )
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)
    sent_by = models.ForeignKey("staff.Officer", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("hồ sơ gửi cơ quan ngoài xã")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="cases_agencysending_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
