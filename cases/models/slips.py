"""Slips given to a citizen instead of a receipt: no case, no code, nothing in the queue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import SlipKind
from cases.models.case import Case
from cases.slip_queries import SlipQuerySet


class ReceptionSlip(models.Model):
    """What a walk-in that was not accepted took home: what is missing (form 02), or why not (form 03).

    A later registration may start from it; ``case`` then names what became of it, or ``sent`` the row of a
    case that was received for another commune. The printed data are kept
    encrypted, ``sha256`` is taken over their canonical JSON.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1; Thông tư 03/2025/TT-VPCP, Phụ lục I, mẫu 02, 03.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    kind = models.CharField(_("loại phiếu"), max_length=10, choices=SlipKind)
    year = models.PositiveSmallIntegerField(_("năm"))
    serial = models.PositiveIntegerField(_("số thứ tự"))
    intake_key = models.UUIDField(_("khóa của lần lập"))
    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, related_name="+", db_index=False)
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", models.PROTECT, related_name="+", db_index=False
    )
    reception_point = models.ForeignKey(
        "staff.ReceptionPoint", models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("họ và tên"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    filer = models.CharField(_("người nộp"), max_length=200, blank=True)
    filer_phone = models.CharField(_("điện thoại người nộp"), max_length=20, blank=True)
    missing = models.JSONField(_("giấy tờ còn thiếu"), default=list)
    reason = models.CharField(_("nội dung, lý do"), max_length=500, blank=True)
    snapshot_enc = models.BinaryField(_("dữ liệu in"))
    template_version = models.PositiveSmallIntegerField(_("bản mẫu"))
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField(_("lập lúc"))
    issued_on = models.DateField(_("ngày lập"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="slips")
    sent = models.ForeignKey(
        "cases.ForeignReception", models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiếu tại quầy")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["commune", "issued_on"], name="cases_receptionslip_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "year", "serial"], name="cases_receptionslip_number_once"
            ),
            models.UniqueConstraint(
                fields=["commune", "intake_key", "kind"], name="cases_receptionslip_one_per_key"
            ),
            models.CheckConstraint(
                condition=~Q(kind=SlipKind.REFUSAL) | ~Q(reason=""), name="cases_receptionslip_refused_why"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | ~Q(missing=[]), name="cases_receptionslip_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def number(self) -> str:
        """The number as it is printed; the count begins anew each year."""
        return f"{self.serial}/HDHS"

    @property
    def key(self) -> str:
        """The year and the number, as addresses and hidden fields carry them."""
        return f"{self.year}-{self.serial}"
