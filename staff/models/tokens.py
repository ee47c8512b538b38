"""Keys with which other systems work in the name of an officer, and what they were answered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.models.people import Membership, Officer
from staff.models.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """A key bound to one membership; of its secret only a digest is kept, so that nobody can read it back."""

    membership = models.ForeignKey(
        Membership, verbose_name=_("nơi làm việc"), on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(_("tên khóa"), max_length=60)
    digest = models.CharField(_("dấu của khóa"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("lập lúc"))
    created_by = models.ForeignKey(
        Officer, verbose_name=_("người lập"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    last_used_on = models.DateField(_("ngày dùng gần nhất"), null=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("khóa API")
        verbose_name_plural = _("khóa API")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "name"],
                condition=Q(revoked_at__isnull=True),
                name="staff_apitoken_name_once_in_use",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="staff_apitoken_lasts_a_while"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(models.Model):
    """What a request with this key was answered, so that its repetition is answered alike and does nothing.

    The body names citizens and is therefore encrypted; rows are deleted after a day.
    """

    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="answers", db_index=False)
    key = models.CharField(_("khóa chống lặp"), max_length=100)
    fingerprint = models.CharField(_("dấu của yêu cầu"), max_length=64)
    status = models.PositiveSmallIntegerField(_("mã trả lời"), null=True)
    body_enc = models.BinaryField(_("nội dung trả lời"), null=True)
    created_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("câu trả lời đã gửi")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="staff_apianswer_once_per_key")]
        indexes = [models.Index(fields=["created_at"], name="staff_apianswer_by_age")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.status}"
