"""Officers and the dated memberships in which they work."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.choices import MembershipKind
from staff.models.organisation import Commune, ReceptionPoint
from staff.models.querysets import MembershipQuerySet
from staff.rights import PROVINCE_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by the name they sign in with."""


class Officer(AbstractBaseUser):
    """One person, one account; what the person may do comes from a membership alone."""

    username = models.CharField(_("tên đăng nhập"), max_length=50, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=True)
    failed_sign_ins = models.PositiveSmallIntegerField(_("số lần sai mật khẩu"), default=0)
    locked_until = models.DateTimeField(_("tạm khóa đến"), null=True, blank=True)
    last_sign_in_at = models.DateTimeField(_("đăng nhập gần nhất"), null=True, blank=True)
    letter_shortcuts = models.BooleanField(_("dùng phím tắt một chữ cái"), default=True)

    # Django would fill this column from its own clock; `last_sign_in_at` is filled by the action.
    last_login = None

    # The memberships of a day by key, where they were read together with the officer.
    read_with: "tuple[date, Mapping[int, Membership]] | None" = None

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("cán bộ, công chức")
        verbose_name_plural = _("cán bộ, công chức")
        constraints = [
            models.CheckConstraint(
                name="staff_officer_username_is_plain", condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$")
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Membership(models.Model):
    """A role of an officer in a place for a time; an officer works in exactly one at a time.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 10, Điều 11 and Điều 12 khoản 8.
    """

    officer = models.ForeignKey(
        Officer, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="memberships"
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("xã, phường"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
    )
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    title = models.CharField(_("chức danh"), max_length=120, blank=True)
    reception_point = models.ForeignKey(
        ReceptionPoint,
        verbose_name=_("điểm tiếp nhận"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
    )
    field_codes = ArrayField(
        models.TextField(), verbose_name=_("lĩnh vực được giao"), default=list, blank=True
    )
    kind = models.CharField(
        _("hình thức"), max_length=10, choices=MembershipKind.choices, default=MembershipKind.OWN
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi làm việc")
        verbose_name_plural = _("nơi làm việc")
        indexes = [models.Index(fields=["commune", "role"], name="staff_membership_commune_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "commune", "role", "valid_from"],
                nulls_distinct=False,
                name="staff_membership_once_per_start",
            ),
            models.CheckConstraint(
                name="staff_membership_commune_unless_province_role",
                condition=Q(commune__isnull=False) | Q(role__in=sorted(PROVINCE_ROLES)),
            ),
            models.CheckConstraint(
                name="staff_membership_province_admin_has_no_commune",
                condition=~Q(role=Role.PROVINCE_ADMIN) | Q(commune__isnull=True),
            ),
            models.CheckConstraint(
                name="staff_membership_point_needs_commune",
                condition=Q(reception_point__isnull=True) | Q(commune__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_membership_validity_ordered",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_role_display()
