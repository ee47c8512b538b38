"""Published versions of a procedure and the situations they tell apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.choices import Certainty, OnlineLevel, ResultKind
from procedures.models.procedure import Procedure
from procedures.queries import VersionQuerySet


class ProcedureVersion(models.Model):
    """What one decision published about a procedure, from a day on.

    Once published neither this row nor anything that hangs on it can change; triggers refuse it. The only
    move left is to close it once by giving `valid_to`. A case keeps the version of its acceptance.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="versions", verbose_name=_("thủ tục")
    )
    decision_number = models.CharField(_("số quyết định công bố"), max_length=100, blank=True)
    name = models.CharField(_("tên thủ tục khi công bố"), max_length=500)
    valid_from = models.DateField(_("có hiệu lực từ ngày"))
    valid_to = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    is_immediate = models.BooleanField(_("trả kết quả ngay"), default=False)
    online_level = models.CharField(_("mức độ trực tuyến"), max_length=10, choices=OnlineLevel)
    online_level_certainty = models.CharField(
        _("độ tin cậy của mức độ trực tuyến"), max_length=1, choices=Certainty
    )
    result_name = models.CharField(_("kết quả thực hiện"), max_length=500, blank=True)
    result_kind = models.CharField(
        _("loại kết quả"), max_length=20, choices=ResultKind, default=ResultKind.OTHER
    )
    conditions = models.TextField(_("yêu cầu, điều kiện"), blank=True)
    no_fee_certainty = models.CharField(
        _("độ tin cậy của việc không thu phí, lệ phí"), max_length=1, choices=Certainty, blank=True
    )
    terms_known = models.BooleanField(_("đã có thời hạn và mức thu"), default=True)
    digest = models.CharField(_("mã băm nội dung"), max_length=64)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiên bản thủ tục")
        verbose_name_plural = _("phiên bản thủ tục")
        ordering = ["procedure_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "valid_from"],
                name="procedures_version_one_per_start_day",
                violation_error_message=_("Thủ tục đã có một phiên bản bắt đầu từ ngày này."),
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(valid_to__isnull=True, published_at__isnull=False),
                name="procedures_version_one_open_per_procedure",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="procedures_version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"


class Situation(models.Model):
    """One case that the law tells apart within a procedure (trường hợp); the first is the default."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="situations", verbose_name=_("phiên bản")
    )
    slug = models.CharField(_("mã trường hợp"), max_length=50)
    name = models.CharField(_("trường hợp"), max_length=300)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("trường hợp")
        verbose_name_plural = _("trường hợp")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "slug"], name="procedures_situation_slug_once_per_version"
            ),
            models.UniqueConstraint(
                fields=["version", "position"], name="procedures_situation_position_once_per_version"
            ),
        ]

    def __str__(self) -> str:
        return self.name
