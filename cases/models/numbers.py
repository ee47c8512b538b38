"""Counters of the office: gap-free, one row locked last in the transaction that takes a number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyCounter(models.Model):
    """The last serial of case codes given by a commune on a local day."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    day = models.DateField(_("ngày"))
    last = models.PositiveIntegerField(_("số cuối"))

    class Meta:
        verbose_name = _("bộ đếm mã hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["commune", "day"], name="cases_dailycounter_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.day} {self.last}"


class RegisterCounter(models.Model):
    """The last number in a centre's register book of a calendar year, shared by its reception points."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"))

    class Meta:
        verbose_name = _("bộ đếm sổ theo dõi")
        constraints = [
            models.UniqueConstraint(fields=["commune", "year"], name="cases_registercounter_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.year} {self.last}"


class HandoverCounter(models.Model):
    """The last number given to a list of papers that a commune sends on, in a calendar year."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"))

    class Meta:
        verbose_name = _("bộ đếm danh sách bàn giao")
        constraints = [
            models.UniqueConstraint(fields=["commune", "year"], name="cases_handovercounter_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.year} {self.last}"


class SlipCounter(models.Model):
    """The last number given to a slip of a commune in a calendar year; both kinds count in one row."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"))

    class Meta:
        verbose_name = _("bộ đếm phiếu tại quầy")
        constraints = [
            models.UniqueConstraint(fields=["commune", "year"], name="cases_slipcounter_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.year} {self.last}"
