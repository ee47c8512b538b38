"""The case, the people in it and the papers they brought."""

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import (
    FINISHED,
    RUNNING,
    VOIDED,
    CaseKind,
    Delivery,
    Digitised,
    IdentityCheck,
    IdKind,
    PartyKind,
    PartyRole,
    Place,
    State,
)
from cases.earlier import COMMUNE_WORDS, PartyQuerySet
from cases.queries import CaseQuerySet
from procedures.choices import Channel, PaperKind
from procedures.deadlines import Unit
from staff.models.organisation import folded

if TYPE_CHECKING:
    from staff.models import ReceptionPoint


class Tail(NamedTuple):
    """Where the history of a case ends: number and hash of its last event, number of its last clock event."""

    seq: int
    hash: str
    ticks: int


class Case(models.Model):
    """One request of a citizen, from the counter to the result."""

    # Known only to the transaction that holds the lock on this row, which sets it and forgets it.
    tail: Tail | None = None

    commune = models.ForeignKey(
        "staff.Commune", models.PROTECT, db_index=False, verbose_name=_("xã, phường giải quyết")
    )
    code = models.CharField(_("mã hồ sơ"), max_length=40, unique=True)
    kind = models.CharField(_("loại"), max_length=12, choices=CaseKind, default=CaseKind.ORDINARY)
    state = models.CharField(_("tình trạng"), max_length=24, choices=State)
    version = models.PositiveIntegerField(_("lần thay đổi"), default=1)
    procedure = models.ForeignKey(
        "procedures.Procedure", models.PROTECT, db_index=False, verbose_name=_("thủ tục")
    )
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", models.PROTECT, db_index=False, verbose_name=_("bản áp dụng")
    )
    situation = models.ForeignKey(
        "procedures.Situation", models.PROTECT, db_index=False, null=True, verbose_name=_("trường hợp")
    )
    field_code = models.CharField(_("lĩnh vực"), max_length=60)
    reception_point = models.ForeignKey(
        "staff.ReceptionPoint", models.PROTECT, db_index=False, verbose_name=_("điểm tiếp nhận")
    )
    receiving_commune = models.ForeignKey(
        "staff.Commune",
        models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("nhận tại xã, phường khác"),
    )
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel)
    place = models.CharField(_("nơi nhận"), max_length=10, choices=Place, default=Place.CENTRE)
    identity_check = models.CharField(_("kiểm tra danh tính"), max_length=12, choices=IdentityCheck)
    assisted_by = models.ForeignKey(
        "staff.Officer",
        models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("người nộp giúp"),
    )
    typed_by = models.ForeignKey(
        "staff.Officer", models.PROTECT, db_index=False, related_name="+", verbose_name=_("người nhập")
    )
    holder = models.ForeignKey(
        "staff.Officer",
        models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("người xử lý"),
    )
    submitted_at = models.DateTimeField(_("nộp lúc"))
    arrived_at = models.DateTimeField(_("đến hệ thống lúc"))
    accepted_at = models.DateTimeField(_("tiếp nhận lúc"), null=True)
    clock_started_at = models.DateTimeField(_("tính thời hạn từ"), null=True)
    received_on = models.DateField(_("ngày nhận"))
    limit_amount = models.PositiveIntegerField(_("thời hạn"), null=True)
    limit_unit = models.CharField(_("đơn vị thời hạn"), max_length=16)
    due_at = models.DateTimeField(_("hẹn trả"))
    due_on = models.DateField(_("ngày hẹn trả"))
    due_reason = models.CharField(_("lý do hẹn ngày"), max_length=300, blank=True)
    due_trace = models.JSONField(_("cách tính ngày hẹn"), default=list)
    calendar_revision = models.PositiveIntegerField(_("bản lịch làm việc"), null=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True)
    finished_on = models.DateField(_("ngày xong"), null=True)
    returned_at = models.DateTimeField(_("trả kết quả lúc"), null=True)
    voided_at = models.DateTimeField(_("hủy lúc"), null=True)
    register_year = models.PositiveSmallIntegerField(_("quyển sổ"))
    register_number = models.PositiveIntegerField(_("số thứ tự trong sổ"))
    delivery = models.CharField(_("nhận kết quả"), max_length=12, choices=Delivery)
    delivery_address = models.CharField(_("địa chỉ nhận kết quả"), max_length=300, blank=True)
    summary = models.CharField(_("nội dung yêu cầu"), max_length=1000, blank=True)
    copies = models.PositiveIntegerField(_("số bản"), default=1)
    pages = models.PositiveIntegerField(_("số trang mỗi bản"), default=1)
    categories = ArrayField(models.CharField(max_length=60), verbose_name=_("đối tượng"), default=list)
    principal_name = models.CharField(_("chủ hồ sơ"), max_length=200)
    principal_fold = models.GeneratedField(
        expression=folded("principal_name"), output_field=models.TextField(), db_persist=True
    )
    # Given name first, in Vietnamese order (decision 26).
    principal_sort = models.GeneratedField(
        expression=models.Func(
            models.F("principal_name"), function="vn_name_key", output_field=models.TextField()
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    intake_key = models.UUIDField(_("khóa nhập"))
    tracking_token = models.CharField(_("khóa tra cứu"), max_length=40, unique=True)
    tracking_pin = models.CharField(_("mã tra cứu"), max_length=4, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name=_("sửa cho hồ sơ")
    )
    competent_agency = models.ForeignKey(
        "staff.Agency",
        models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("cơ quan giải quyết"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["commune", "intake_key"], name="cases_case_one_per_intake_key"),
            models.UniqueConstraint(
                fields=["commune", "register_year", "register_number"],
                name="cases_case_register_number_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="cases_case_state_is_known"),
            models.CheckConstraint(condition=Q(limit_unit__in=list(Unit)), name="cases_case_unit_is_known"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False, finished_on__isnull=False, state__in=FINISHED)
                | (Q(finished_at__isnull=True, finished_on__isnull=True) & ~Q(state__in=FINISHED)),
                name="cases_case_finished_at_iff_finished",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False, state=State.RETURNED)
                | (Q(returned_at__isnull=True) & ~Q(state=State.RETURNED)),
                name="cases_case_returned_at_iff_returned",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(state=State.STOPPED),
                name="cases_case_voided_is_stopped",
            ),
            models.CheckConstraint(
                condition=Q(kind=CaseKind.ORDINARY, corrects__isnull=True)
                | Q(kind=CaseKind.CORRECTION, corrects__isnull=False),
                name="cases_case_correction_names_its_case",
            ),
            models.CheckConstraint(
                condition=~Q(receiving_commune=F("commune")), name="cases_case_received_elsewhere_or_here"
            ),
            models.CheckConstraint(
                condition=Q(competent_agency__isnull=True) | Q(receiving_commune__isnull=True),
                name="cases_case_of_agency_belongs_to_its_counter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["commune", "due_at", "code"],
                name="cases_at_agency_by_due",
                condition=Q(competent_agency__isnull=False),
            ),
            models.Index(
                fields=["commune", "accepted_at"],
                name="cases_case_on_its_way",
                condition=Q(state=State.SUBMITTED, receiving_commune__isnull=False),
            ),
            models.Index(
                fields=["commune", "due_at", "code"],
                name="cases_running_by_due",
                condition=Q(state__in=RUNNING),
            ),
            models.Index(
                fields=["commune", "holder", "due_at", "code"],
                name="cases_held_by_due",
                condition=Q(state__in=RUNNING),
            ),
            models.Index(
                fields=["commune", "state", "due_at", "code"],
                name="cases_waiting_by_due",
                condition=Q(state__in=[*RUNNING, State.RESOLVED]),
            ),
            models.Index(
                fields=["commune", "field_code", "due_at", "code"],
                name="cases_field_by_due",
                condition=Q(state__in=RUNNING),
            ),
            models.Index(
                fields=["commune", "field_code", "state", "due_at", "code"],
                name="cases_field_by_state",
                condition=Q(state__in=[*RUNNING, State.RESOLVED]),
            ),
            models.Index(fields=["commune", "received_on", "code"], name="cases_by_day"),
            models.Index(
                fields=["commune", "finished_on", "procedure"],
                name="cases_by_finish",
                condition=Q(finished_on__isnull=False),
            ),
            models.Index(fields=["commune", "principal_fold"], name="cases_by_name"),
            models.Index(F("commune"), Reverse("code"), name="cases_by_end_of_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state_words(self) -> str:
        """The state as pages say it; a case entered by mistake is not one that the office stopped."""
        return str(VOIDED if self.voided_at else State(self.state).label)

    @property
    def asks_for(self) -> str:
        """What is asked for in particular; nothing where that is no more than the procedure's name."""
        return "" if self.summary == self.procedure.name else self.summary

    @property
    def result_point(self) -> "ReceptionPoint":
        """Where the citizen filed, and where the result waits for him (Nghị định 118/2025/NĐ-CP, Điều 20)."""
        return self.arrival.point if self.receiving_commune_id else self.reception_point


class CaseParty(models.Model):
    """A person or organisation of a case, copied per case: there is no register of persons."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    role = models.CharField(_("vai trò"), max_length=10, choices=PartyRole)
    kind = models.CharField(_("loại"), max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(_("họ và tên"), max_length=200)
    name_fold = models.GeneratedField(
        expression=folded("name"), output_field=models.TextField(), db_persist=True
    )
    id_kind = models.CharField(_("loại giấy tờ"), max_length=10, choices=IdKind, default=IdKind.NONE)
    id_enc = models.BinaryField(_("số giấy tờ"), null=True)
    id_blind = models.BinaryField(_("dấu của số giấy tờ"), null=True)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True)
    birth_month = models.PositiveSmallIntegerField(_("tháng sinh"), null=True)
    birth_day = models.PositiveSmallIntegerField(_("ngày sinh"), null=True)
    address = models.CharField(_("nơi ở"), max_length=300, blank=True)
    mandate = models.CharField(_("giấy ủy quyền"), max_length=300, blank=True)
    nationality = models.CharField(_("quốc tịch"), max_length=60, blank=True)
    relation = models.CharField(_("quan hệ, đơn vị"), max_length=120, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("người trong hồ sơ")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(id_kind=IdKind.NONE, id_enc__isnull=True, id_blind__isnull=True)
                | (~Q(id_kind=IdKind.NONE) & Q(id_enc__isnull=False, id_blind__isnull=False)),
                name="cases_caseparty_number_iff_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "id_blind"], name="cases_party_by_number"),
            models.Index(fields=["commune", "name_fold", "case"], name="cases_party_by_name"),
            models.Index(fields=["commune", "case"], name="cases_party_by_case"),
            GinIndex(COMMUNE_WORDS, name="cases_party_by_words", fastupdate=False),
            models.Index(fields=["commune", "phone"], name="cases_party_by_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name


class CasePaper(models.Model):
    """A paper that the citizen brought, with the copies taken."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    required_paper = models.ForeignKey(
        "procedures.RequiredPaper", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("tên giấy tờ"), max_length=500)
    kind = models.CharField(_("loại"), max_length=12)
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    certified_copies = models.PositiveSmallIntegerField(_("bản sao chứng thực"), default=0)
    photocopies = models.PositiveSmallIntegerField(_("bản photo"), default=0)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("nhận lúc"))

    class Meta:
        verbose_name = _("giấy tờ đã nhận")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def digitised(self) -> Digitised:
        """How far this paper is digitised: as its newest file is; what a database holds is used again."""
        newest = max(self.files.all(), key=lambda file: file.pk, default=None)
        if newest is not None:
            return Digitised(newest.origin)
        return Digitised.REUSED if self.kind == PaperKind.DATA else Digitised.NOT

    @property
    def is_only_seen(self) -> bool:
        """Whether it was looked at and given back, so that there is nothing to digitise."""
        return self.kind == PaperKind.PRESENTED and self.digitised == Digitised.NOT
