"""Communes, their centres, reception points and opening hours."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from staff.choices import CommuneKind, Extent
from staff.models.querysets import AgencyQuerySet, CommuneQuerySet, OpeningHoursQuerySet


def folded(column: str) -> Func:
    """The column in lower case without diacritics, computed by the database."""
    return Func(F(column), function="vn_fold", output_field=models.TextField())


class Commune(models.Model):
    """A commune or ward of the province, known by its number in the statistical list."""

    gso_code = models.CharField(_("mã đơn vị hành chính"), max_length=5, unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=CommuneKind.choices)
    name = models.CharField(_("tên"), max_length=100)
    short_name = models.CharField(_("tên gọi tắt"), max_length=100)
    org_code = models.CharField(_("mã định danh cơ quan"), max_length=20, unique=True)
    name_fold = models.GeneratedField(
        verbose_name=_("tên không dấu"),
        expression=folded("name"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("xã, phường")
        verbose_name_plural = _("xã, phường")
        constraints = [
            models.CheckConstraint(
                name="staff_commune_gso_code_has_five_digits", condition=Q(gso_code__regex=r"^[0-9]{5}$")
            ),
            models.CheckConstraint(
                name="staff_commune_org_code_is_well_formed",
                condition=Q(org_code__regex=r"^[A-Z][0-9]{2}(\.[0-9]{2}){1,3}$"),
            ),
            models.CheckConstraint(
                name="staff_commune_is_commune_or_ward",
                condition=Q(kind__in=[CommuneKind.COMMUNE, CommuneKind.WARD]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerCommune(models.Model):
    """A unit of before 1/7/2025 that went, whole or in part, into a present commune."""

    commune = models.ForeignKey(
        Commune, verbose_name=_("xã, phường"), on_delete=models.PROTECT, related_name="former_communes"
    )
    name = models.CharField(_("tên cũ"), max_length=100)
    kind = models.CharField(_("loại"), max_length=10, choices=CommuneKind.choices)
    district = models.CharField(_("huyện cũ"), max_length=100)
    former_code = models.CharField(_("mã cũ"), max_length=5)
    extent = models.CharField(_("phạm vi"), max_length=5, choices=Extent.choices)
    name_fold = models.GeneratedField(
        verbose_name=_("tên không dấu"),
        expression=folded("name"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("xã, phường cũ")
        verbose_name_plural = _("xã, phường cũ")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "former_code"], name="staff_formercommune_once_per_commune"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.district}"


class Centre(models.Model):
    """The Public Administration Service Centre of a commune.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 7 khoản 3.
    """

    commune = models.OneToOneField(
        Commune, verbose_name=_("xã, phường"), on_delete=models.PROTECT, related_name="centre"
    )
    name = models.CharField(_("tên trung tâm"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Trung tâm Phục vụ hành chính công")
        verbose_name_plural = _("Trung tâm Phục vụ hành chính công")

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A competent body that is no commune: a department of the province, a branch, a vertical agency.

    ``certainty`` says how well its name is known: S from a published source, K from knowledge.
    """

    slug = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên cơ quan"), max_length=200)
    other_names = models.CharField(_("tên gọi khác"), max_length=300, blank=True)
    certainty = models.CharField(_("độ chắc chắn"), max_length=1)
    names_fold = models.GeneratedField(
        verbose_name=_("tên không dấu"),
        expression=Func(
            Concat(F("name"), Value("; "), F("other_names")),
            function="vn_fold",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan giải quyết ngoài xã")
        verbose_name_plural = _("cơ quan giải quyết ngoài xã")
        constraints = [
            models.CheckConstraint(
                name="staff_agency_certainty_is_known", condition=Q(certainty__in=["S", "K"])
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReceptionPoint(models.Model):
    """A place where a centre receives people; a centre may have several."""

    commune = models.ForeignKey(
        Commune, verbose_name=_("xã, phường"), on_delete=models.PROTECT, related_name="reception_points"
    )
    centre = models.ForeignKey(
        Centre, verbose_name=_("trung tâm"), on_delete=models.PROTECT, related_name="reception_points"
    )
    name = models.CharField(_("tên điểm tiếp nhận"), max_length=200)
    short_name = models.CharField(_("tên gọi tắt"), max_length=100)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    is_main = models.BooleanField(_("là trụ sở"), default=False)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    class Meta:
        verbose_name = _("điểm tiếp nhận")
        verbose_name_plural = _("điểm tiếp nhận")
        ordering = ["commune_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "position"], name="staff_receptionpoint_position_once_per_commune"
            ),
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(is_main=True),
                name="staff_receptionpoint_one_main_per_commune",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """A session of a weekday (0 is Monday) at a reception point, valid from a day to a day.

    A session marked reception only lets people in but is no working time for deadlines.
    """

    point = models.ForeignKey(
        ReceptionPoint,
        verbose_name=_("điểm tiếp nhận"),
        on_delete=models.PROTECT,
        related_name="opening_hours",
    )
    weekday = models.PositiveSmallIntegerField(_("thứ trong tuần"))
    opens_at = models.TimeField(_("mở cửa"))
    closes_at = models.TimeField(_("đóng cửa"))
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_to = models.DateField(_("áp dụng đến ngày"), null=True, blank=True)
    reception_only = models.BooleanField(_("chỉ tiếp nhận, không tính thời hạn"), default=False)

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("giờ làm việc")
        verbose_name_plural = _("giờ làm việc")
        ordering = ["point_id", "weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "weekday", "opens_at", "valid_from"], name="staff_openinghours_session_once"
            ),
            models.CheckConstraint(
                name="staff_openinghours_weekday_in_week", condition=Q(weekday__gte=0, weekday__lte=6)
            ),
            models.CheckConstraint(
                name="staff_openinghours_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="staff_openinghours_validity_ordered",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="staff_openinghours_weekend_is_reception_only",
                condition=Q(weekday__lte=4) | Q(reception_only=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
