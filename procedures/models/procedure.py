"""Procedures and the two levels of fields they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.choices import Certainty, ProcedureLevel
from procedures.queries import ProcedureQuerySet


class Sector(models.Model):
    """A group of fields as posted in the office (ngành)."""

    code = models.SlugField(_("mã ngành"), max_length=50, unique=True)
    name = models.CharField(_("ngành"), max_length=200)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("ngành")
        verbose_name_plural = _("ngành")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A legal field of procedures (lĩnh vực); rights of officers name its code."""

    code = models.SlugField(_("mã lĩnh vực"), max_length=50, unique=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="fields", verbose_name=_("ngành")
    )
    name = models.CharField(_("lĩnh vực"), max_length=200)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")
        ordering = ["sector__position", "position", "code"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """One administrative procedure under its national code, which is text and never a number.

    A procedure is never deleted: a replaced one points at its successor, because codes change every few
    months and old receipts still name the old code.
    """

    code = models.CharField(_("mã thủ tục"), max_length=8, unique=True)
    name = models.CharField(_("tên thủ tục"), max_length=500)
    field = models.ForeignKey(
        Field, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("lĩnh vực")
    )
    level = models.CharField(
        _("cấp thực hiện"), max_length=10, choices=ProcedureLevel, default=ProcedureLevel.COMMUNE
    )
    agency = models.CharField(_("cơ quan giải quyết"), max_length=200)
    external_system = models.BooleanField(_("giải quyết trên hệ thống khác"), default=False)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("được thay bằng"),
    )
    keywords = models.TextField(_("từ khóa"), blank=True)
    is_listed = models.BooleanField(_("đang niêm yết"), default=True)
    principals = models.PositiveSmallIntegerField(_("số chủ hồ sơ"), default=1)
    asks = models.CharField(_("điều hỏi thêm khi tiếp nhận"), max_length=100, blank=True)
    certainty = models.CharField(
        _("độ tin cậy của mã và tên"), max_length=1, choices=Certainty, default=Certainty.SOURCED
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]\.[0-9]{6}$"),
                name="procedures_procedure_code_is_national_form",
            ),
            models.CheckConstraint(
                condition=~models.Q(superseded_by=models.F("id")),
                name="procedures_procedure_not_superseded_by_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(superseded_by__isnull=True) | models.Q(is_listed=False),
                name="procedures_procedure_superseded_is_not_listed",
            ),
            models.CheckConstraint(
                condition=models.Q(principals__in=[1, 2]), name="procedures_procedure_one_or_two_principals"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
