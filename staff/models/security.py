"""What the office can prove about sign-ins and about who read what; rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from staff.choices import SignInOutcome
from staff.models.organisation import Commune
from staff.models.people import Membership, Officer


class SignInEvent(models.Model):
    """An attempt to sign in, successful or not; of a name that nobody has only a keyed mark is kept."""

    username = models.CharField(_("tên đăng nhập"), max_length=150)
    officer = models.ForeignKey(
        Officer, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    address = models.GenericIPAddressField(_("địa chỉ mạng"), null=True, blank=True)
    outcome = models.CharField(_("kết quả"), max_length=20, choices=SignInOutcome.choices)
    at = models.DateTimeField(_("thời điểm"))

    class Meta:
        verbose_name = _("lần đăng nhập")
        verbose_name_plural = _("nhật ký đăng nhập")
        indexes = [
            models.Index(fields=["username", "at"], name="staff_signinevent_name_at"),
            models.Index(fields=["at"], name="staff_signinevent_at"),
            models.Index(fields=["address", "outcome", "at"], name="staff_signinevent_wrong_at"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"


class AccessLog(models.Model):
    """Somebody opened a case, its papers or its PDF, noted once per officer, case and hour.

    Legal source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP, Điều 4.
    """

    commune = models.ForeignKey(
        Commune, verbose_name=_("xã, phường"), on_delete=models.PROTECT, related_name="+"
    )
    officer = models.ForeignKey(Officer, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, verbose_name=_("nơi làm việc"), on_delete=models.PROTECT, related_name="+"
    )
    case_code = models.CharField(_("mã hồ sơ"), max_length=60)
    what = models.CharField(_("nội dung đã xem"), max_length=60)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    hour = models.DateTimeField(_("giờ"))
    at = models.DateTimeField(_("thời điểm"))

    class Meta:
        verbose_name = _("lượt xem hồ sơ")
        verbose_name_plural = _("nhật ký xem hồ sơ")
        indexes = [
            models.Index(fields=["commune", "at"], name="staff_accesslog_commune_at"),
            models.Index(fields=["commune", "case_code", "at"], name="staff_accesslog_commune_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "case_code", "what", "hour"], name="staff_accesslog_once_per_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_code} {self.what}"
