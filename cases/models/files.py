"""Scans of papers. An accepted file is never replaced, only followed by a newer one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Digitised
from cases.models.case import Case, CasePaper
from cases.queries import CaseFileQuerySet


class CaseFile(models.Model):
    """One file of one paper, with the metadata that the law asks of an electronic paper.

    Triggers refuse UPDATE, DELETE and TRUNCATE, but for the moment of signing, which is noted once. The same
    content used again in another case is another row that names the same stored file.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1 điểm c (scanned and signed by the officer),
    Điều 19 khoản 2 (metadata).
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="files", db_index=False)
    paper = models.ForeignKey(CasePaper, models.PROTECT, related_name="files")
    token = models.CharField(_("khóa của tệp"), max_length=40, unique=True)
    stored_as = models.CharField(_("tên lưu"), max_length=40, db_index=True)
    name = models.CharField(_("tên tệp"), max_length=120)
    media_type = models.CharField(_("loại tệp"), max_length=20)
    size = models.PositiveIntegerField(_("dung lượng"))
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("số trang"), null=True)
    origin = models.PositiveSmallIntegerField(
        _("tình trạng số hóa"), choices=[choice for choice in Digitised.choices if choice[0]]
    )
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("dùng lại từ")
    )
    kind_code = models.CharField(_("mã loại giấy tờ"), max_length=50, blank=True)
    summary = models.CharField(_("trích yếu"), max_length=300)
    valid_until = models.DateField(_("có hiệu lực đến"), null=True)
    scope = models.CharField(_("phạm vi hiệu lực"), max_length=120, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name=_("bản mới của")
    )
    added_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(_("lưu lúc"))
    signed_at = models.DateTimeField(_("ký số lúc"), null=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp giấy tờ")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "sha256"], name="cases_casefile_once_per_paper"),
            models.CheckConstraint(condition=Q(size__gt=0), name="cases_casefile_is_not_empty"),
            models.CheckConstraint(
                # A reused file outlives its source, should the earlier case be destroyed by order.
                condition=Q(origin=Digitised.SCANNED, source__isnull=True)
                | Q(origin__in=[Digitised.REUSED, Digitised.REUSED_RESULT]),
                name="cases_casefile_source_of_reused_only",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="cases_casefile_follows_another",
            ),
        ]
        indexes = [models.Index(fields=["commune", "case"], name="cases_casefile_of_case")]

    def __str__(self) -> str:
        return self.name
