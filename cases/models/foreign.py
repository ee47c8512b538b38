"""What one commune received for another: the row of the receiver, the paper on its way, the arrival."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import State
from cases.foreign_queries import ForeignQuerySet, HandoverQuerySet
from cases.models.case import Case


class PaperHandover(models.Model):
    """A numbered list of the papers that a centre sends to one other commune or agency; it names nobody.

    ``snapshot`` is what is printed: codes, procedures, numbers of papers, tracking addresses.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField(_("năm"))
    serial = models.PositiveIntegerField(_("số thứ tự"))
    competent = models.ForeignKey(
        "staff.Commune", models.PROTECT, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey("staff.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    snapshot = models.JSONField(_("dữ liệu in"))
    template_version = models.PositiveSmallIntegerField(_("bản mẫu"))
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField(_("lập lúc"))

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách bàn giao giấy tờ")
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "year", "serial"], name="cases_paperhandover_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(commune=F("competent")), name="cases_paperhandover_leaves_the_house"
            ),
            models.CheckConstraint(
                condition=Q(competent__isnull=True, agency__isnull=False)
                | Q(competent__isnull=False, agency__isnull=True),
                name="cases_paperhandover_goes_to_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as it is printed; the count begins anew each year."""
        return f"{self.serial}/BGHS"

    @property
    def receiver(self) -> str:
        """The commune or the agency that the papers go to."""
        return str(self.competent or self.agency)


class ForeignReception(models.Model):
    """A case that this centre received for another commune, as far as this centre may know it.

    The case itself belongs to the competent commune; each of its events brings this row up to date.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 14 khoản 2 and Điều 18.
    """

    commune = models.ForeignKey(
        "staff.Commune", models.PROTECT, db_index=False, related_name="+", verbose_name=_("nơi tiếp nhận")
    )
    case_code = models.CharField(_("mã hồ sơ"), max_length=40)
    intake_key = models.UUIDField(_("khóa nhập"))
    competent = models.ForeignKey(
        "staff.Commune", models.PROTECT, related_name="+", db_index=False, verbose_name=_("nơi giải quyết")
    )
    reception_point = models.ForeignKey(
        "staff.ReceptionPoint", models.PROTECT, related_name="+", db_index=False
    )
    procedure_code = models.CharField(_("mã thủ tục"), max_length=40)
    procedure_name = models.CharField(_("thủ tục"), max_length=1000)
    field_code = models.CharField(_("lĩnh vực"), max_length=60)
    filer_name = models.CharField(_("người nộp"), max_length=200)
    filer_phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    state = models.CharField(_("tình trạng"), max_length=24, choices=State)
    due_at = models.DateTimeField(_("hẹn trả"))
    result_number = models.CharField(_("số kết quả"), max_length=60, blank=True)
    result_on = models.DateField(_("ngày kết quả"), null=True)
    payable_vnd = models.BigIntegerField(_("phải nộp"), default=0)
    taken_vnd = models.BigIntegerField(_("đã thu tại quầy"), default=0)
    papers = models.JSONField(_("giấy tờ gửi đi"), default=list)
    paper_due_at = models.DateTimeField(_("hạn chuyển bản giấy"))
    paper_arrived_on = models.DateField(_("bản giấy đến ngày"), null=True)
    handover = models.ForeignKey(PaperHandover, models.PROTECT, null=True, related_name="rows")
    tracking_token = models.CharField(_("khóa tra cứu"), max_length=40)
    received_at = models.DateTimeField(_("nhận lúc"))
    received_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField(_("nơi giải quyết nhận lúc"))
    returned_at = models.DateTimeField(_("trả kết quả lúc"), null=True)
    receipt_enc = models.BinaryField(_("giấy tiếp nhận"))
    receipt_sha256 = models.CharField(max_length=64)

    objects = ForeignQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ nhận giúp xã khác")
        constraints = [
            models.UniqueConstraint(fields=["commune", "case_code"], name="cases_foreignreception_code_once"),
            models.UniqueConstraint(
                fields=["commune", "intake_key"], name="cases_foreignreception_one_per_intake_key"
            ),
            models.CheckConstraint(
                condition=~Q(commune=F("competent")), name="cases_foreignreception_is_for_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="cases_foreignreception_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(entered_at__gte=F("received_at")), name="cases_foreignreception_enters_after"
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "due_at", "case_code"], name="cases_foreign_by_due"),
            models.Index(
                fields=["commune", "received_at"],
                name="cases_foreign_money_by_day",
                condition=Q(taken_vnd__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.case_code


class ForeignArrival(models.Model):
    """Beside a case that came in at another centre: where, and when its paper reached this one."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="arrival")
    point = models.ForeignKey(
        "staff.ReceptionPoint", models.PROTECT, related_name="+", db_index=False, verbose_name=_("nhận tại")
    )
    received_at_name = models.CharField(_("nhận tại"), max_length=200)
    taken_vnd = models.BigIntegerField(_("đã thu tại nơi nhận"), default=0)
    paper_count = models.PositiveSmallIntegerField(_("số giấy tờ"))
    paper_due_at = models.DateTimeField(_("hạn chuyển bản giấy"))
    paper_arrived_on = models.DateField(_("bản giấy đến ngày"), null=True)
    paper_taken_by = models.ForeignKey(
        "staff.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("hồ sơ từ nơi khác đến")
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_arrived_on__isnull=True, paper_taken_by__isnull=True)
                | Q(paper_arrived_on__isnull=False, paper_taken_by__isnull=False),
                name="cases_foreignarrival_taken_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "paper_due_at", "id"], name="cases_foreignarrival_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.received_at_name}"
