"""Drafts that a leader decides on, results, and the papers that the office printed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Decision, DocumentKind, DraftKind
from cases.models.case import Case
from cases.queries import DraftQuerySet


class Draft(models.Model):
    """What somebody proposed for signature. Nobody decides on his own draft, whatever roles he holds."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="drafts")
    kind = models.CharField(_("loại"), max_length=12, choices=DraftKind)
    granted = models.BooleanField(_("đồng ý giải quyết"))
    body = models.CharField(_("nội dung"), max_length=1000)
    proposed_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(_("trình lúc"))
    decided_by = models.ForeignKey(
        "staff.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True)
    decision = models.CharField(_("quyết định"), max_length=10, choices=Decision, blank=True)
    remark = models.CharField(_("ý kiến"), max_length=500, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("dự thảo")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(decision=""), name="cases_draft_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, decision="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="")),
                name="cases_draft_decided_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="cases_draft_not_decided_by_its_proposer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_id}"


class CaseResult(models.Model):
    """What was decided: number, date, signer, granted or refused.

    ``signer`` is an officer of this system; who signed at an agency outside it is a name in ``signer_name``.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="results")
    draft = models.OneToOneField(Draft, models.PROTECT, null=True, related_name="result")
    granted = models.BooleanField(_("đồng ý giải quyết"))
    number = models.CharField(_("số kết quả"), max_length=60)
    summary = models.CharField(_("nội dung"), max_length=1000)
    signed_on = models.DateField(_("ngày ký"))
    signer = models.ForeignKey("staff.Officer", models.PROTECT, null=True, related_name="+", db_index=False)
    signer_name = models.CharField(_("người ký của cơ quan khác"), max_length=200, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=120)
    collector = models.CharField(_("người nhận kết quả"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kết quả")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signer__isnull=False, signer_name="")
                | (Q(signer__isnull=True) & ~Q(signer_name="")),
                name="cases_caseresult_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def signed_by(self) -> str:
        """Who signed, as pages name him."""
        return self.signer.full_name if self.signer else self.signer_name


class IssuedDocument(models.Model):
    """A paper that the office printed, kept as the data it was printed from.

    The snapshot is encrypted because the form names the citizen; ``sha256`` is taken over its canonical JSON.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(_("loại"), max_length=12, choices=DocumentKind)
    number = models.CharField(_("số"), max_length=60)
    snapshot_enc = models.BinaryField(_("dữ liệu in"))
    template_version = models.PositiveSmallIntegerField(_("bản mẫu"))
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField(_("lập lúc"))
    copy_no = models.PositiveSmallIntegerField(_("lần in"), default=1)
    is_corrected = models.BooleanField(_("đã chỉnh sửa"), default=False)
    reason = models.CharField(_("lý do in lại"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("giấy đã lập")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "copy_no"], name="cases_issueddocument_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
