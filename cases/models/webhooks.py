"""Other systems that are told of each step of a case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Action, WebhookPause
from cases.webhook_queries import WebhookQuerySet


class Webhook(models.Model):
    """One receiver of case events, bound to one membership: it is told what that membership may see.

    No ``kinds`` means every kind. After a change of secret both sign until ``previous_until``. While a target
    is silent, ``failures`` counts and nothing is tried before ``closed_until``.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False, related_name="+")
    membership = models.ForeignKey("staff.Membership", models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    url = models.CharField(_("địa chỉ nhận"), max_length=500)
    kinds = ArrayField(models.CharField(max_length=24), verbose_name=_("các bước được báo"), default=list)
    secret_enc = models.BinaryField(_("khóa ký"))
    previous_enc = models.BinaryField(_("khóa ký trước"), null=True)
    previous_until = models.DateTimeField(_("khóa trước dùng đến"), null=True)
    paused = models.CharField(_("tạm dừng vì"), max_length=10, choices=WebhookPause, blank=True)
    failures = models.PositiveSmallIntegerField(_("số lần im lặng liền nhau"), default=0)
    closed_until = models.DateTimeField(_("chưa thử lại trước"), null=True)
    created_by = models.ForeignKey("staff.Officer", models.PROTECT, db_index=False, related_name="+")
    created_at = models.DateTimeField(_("lập lúc"))
    deleted_at = models.DateTimeField(_("xóa lúc"), null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi nhận tin")
        constraints = [
            models.CheckConstraint(
                condition=Q(previous_enc__isnull=True, previous_until__isnull=True)
                | Q(previous_enc__isnull=False, previous_until__isnull=False),
                name="cases_webhook_previous_secret_ends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["commune", "membership"],
                name="cases_webhook_in_use",
                condition=Q(deleted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def kind_labels(self) -> list[str]:
        """The chosen kinds in words."""
        return [str(Action(kind).label) for kind in self.kinds]
