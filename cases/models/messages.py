"""Messages that leave a case, and the notices that officers read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import NoticeKind, OutboxChannel, OutboxStatus
from cases.models.case import Case
from cases.models.slips import ReceptionSlip
from cases.models.webhooks import Webhook
from cases.queries import NoticeQuerySet


class OutboxMessage(models.Model):
    """One message to one receiver, written in the transaction of the event it tells of.

    ``key`` is the idempotency key: event, channel and receiver. At least once, always under the same key.
    It tells of a case, or of the slip that was given instead of one. What other systems are told names its
    ``webhook`` and in the payload the number of the event.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="messages", db_index=False)
    slip = models.ForeignKey(
        ReceptionSlip, models.PROTECT, null=True, related_name="messages", db_index=False
    )
    webhook = models.ForeignKey(Webhook, models.PROTECT, null=True, related_name="messages", db_index=False)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("cách gửi"), max_length=10, choices=OutboxChannel)
    kind = models.CharField(_("việc"), max_length=16)
    recipient = models.CharField(_("người nhận"), max_length=120)
    payload = models.JSONField(default=dict)
    status = models.CharField(
        _("tình trạng"), max_length=10, choices=OutboxStatus, default=OutboxStatus.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    next_try_at = models.DateTimeField(_("gửi lại lúc"))
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("lập lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tin gửi đi")
        constraints = [
            models.CheckConstraint(
                condition=Q(status=OutboxStatus.SENT, sent_at__isnull=False)
                | (~Q(status=OutboxStatus.SENT) & Q(sent_at__isnull=True)),
                name="cases_outboxmessage_sent_at_iff_sent",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, slip__isnull=True) | Q(case__isnull=True, slip__isnull=False),
                name="cases_outboxmessage_tells_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(channel=OutboxChannel.WEBHOOK, webhook__isnull=False, case__isnull=False)
                | (~Q(channel=OutboxChannel.WEBHOOK) & Q(webhook__isnull=True)),
                name="cases_outboxmessage_webhook_iff_channel",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "next_try_at"],
                name="cases_outbox_unsent",
                condition=Q(status__in=[OutboxStatus.PENDING, OutboxStatus.SENDING]),
            ),
            models.Index(fields=["commune", "case"], name="cases_outbox_of_case"),
            models.Index(
                fields=["commune", "slip"],
                name="cases_outbox_of_slip",
                condition=Q(slip__isnull=False),
            ),
            models.Index(
                fields=["commune", "webhook", "created_at"],
                name="cases_outbox_of_webhook",
                condition=Q(webhook__isnull=False),
            ),
            models.Index(
                fields=["webhook", "next_try_at"],
                name="cases_outbox_webhook_unsent",
                condition=Q(status__in=[OutboxStatus.PENDING, OutboxStatus.SENDING], webhook__isnull=False),
            ),
            models.Index(
                fields=["created_at"], name="cases_outbox_given_up", condition=Q(status=OutboxStatus.DEAD)
            ),
        ]

    def __str__(self) -> str:
        return self.key


class OfficerNotice(models.Model):
    """What one officer is told inside the application; ``key`` makes a repeated delivery harmless.

    The digest of a morning belongs to no case; its ``figures`` count the cases that wait. What another
    commune decided is told of the row of the receiving counter.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    officer = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    foreign = models.ForeignKey(
        "cases.ForeignReception", models.PROTECT, null=True, related_name="+", db_index=False
    )
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("việc"), max_length=16, choices=NoticeKind)
    figures = models.JSONField(_("số hồ sơ"), default=dict)
    created_at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đọc lúc"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        indexes = [
            models.Index(fields=["commune", "officer", "-created_at"], name="cases_notice_of_officer"),
            models.Index(
                fields=["commune", "officer"], name="cases_notice_unread", condition=Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.key
