"""What happened to a case. Rows are only ever added: triggers refuse UPDATE, DELETE and TRUNCATE."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import ClockKind
from cases.models.case import Case


class CaseEvent(models.Model):
    """One step in the history of a case, chained by hash. Nothing points here by foreign key.

    ``payload`` carries ids and codes, never personal data, because it can never be erased.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField(_("thứ tự"))
    kind = models.CharField(_("bước"), max_length=24)
    from_state = models.CharField(_("từ"), max_length=24, blank=True)
    to_state = models.CharField(_("sang"), max_length=24)
    occurred_at = models.DateTimeField(_("xảy ra lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    actor = models.JSONField(_("người làm"))
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    payload = models.JSONField(_("chi tiết"), default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("bước xử lý")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="cases_caseevent_seq_once")]
        indexes = [models.Index(fields=["commune", "occurred_at"], name="cases_event_by_moment")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.kind}"


class ClockEvent(models.Model):
    """One thing that happened to the clock of the law."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_events", db_index=False)
    seq = models.PositiveIntegerField(_("thứ tự"))
    kind = models.CharField(_("việc"), max_length=10, choices=ClockKind)
    at = models.DateTimeField(_("lúc"))
    due_before = models.DateTimeField(_("hẹn trước"), null=True)
    due_after = models.DateTimeField(_("hẹn sau"), null=True)

    class Meta:
        verbose_name = _("sự kiện thời hạn")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="cases_clockevent_seq_once")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.kind}"


class DestructionRecord(models.Model):
    """That the history of a case was lawfully destroyed, by which order; the audited door writes here."""

    case_code = models.CharField(_("mã hồ sơ"), max_length=40)
    order_reference = models.CharField(_("số quyết định tiêu hủy"), max_length=200)
    destroyed_at = models.DateTimeField(_("lúc"))
    events = models.PositiveIntegerField(_("số bước đã hủy"))

    class Meta:
        verbose_name = _("biên bản tiêu hủy")

    def __str__(self) -> str:
        return f"{self.case_code} ({self.order_reference})"
