"""The province's working calendar, kept as numbered revisions that never change."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.choices import SpecialDayKind


class CalendarRevision(models.Model):
    """One published state of the calendar; after publication the database refuses any change."""

    number = models.PositiveIntegerField(_("lần ban hành"), unique=True)
    published_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("lịch làm việc")
        verbose_name_plural = _("lịch làm việc")

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarYear(models.Model):
    """A year for which the revision is complete; no other year may be computed."""

    revision = models.ForeignKey(
        CalendarRevision, verbose_name=_("lịch làm việc"), on_delete=models.PROTECT, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("năm"))

    class Meta:
        verbose_name = _("năm của lịch")
        verbose_name_plural = _("các năm của lịch")
        constraints = [
            models.UniqueConstraint(fields=["revision", "year"], name="staff_calendaryear_once_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, a swapped day off or a worked Saturday."""

    revision = models.ForeignKey(
        CalendarRevision, verbose_name=_("lịch làm việc"), on_delete=models.PROTECT, related_name="days"
    )
    day = models.DateField(_("ngày"))
    kind = models.CharField(_("loại ngày"), max_length=20, choices=SpecialDayKind.choices)
    name = models.CharField(_("tên ngày"), max_length=200)
    source = models.CharField(_("căn cứ"), max_length=300)
    replaces = models.DateField(_("làm bù cho ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("ngày đặc biệt")
        verbose_name_plural = _("ngày đặc biệt")
        ordering = ["revision_id", "day"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "day"], name="staff_calendarday_once_per_revision"),
            models.CheckConstraint(
                name="staff_calendarday_worked_saturday_replaces_a_weekday",
                condition=(
                    Q(
                        kind=SpecialDayKind.WORKED_SATURDAY,
                        day__iso_week_day=6,
                        replaces__isnull=False,
                        replaces__iso_week_day__lte=5,
                    )
                    | (~Q(kind=SpecialDayKind.WORKED_SATURDAY) & Q(replaces__isnull=True))
                ),
            ),
            models.CheckConstraint(
                name="staff_calendarday_replaces_another_day",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
