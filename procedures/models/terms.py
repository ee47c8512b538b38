"""What hangs on a version: time limits, papers, fees and legal bases."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.choices import (
    Certainty,
    Channel,
    FeeAuthority,
    FeeKind,
    FeeUnit,
    PaperKind,
    TimeUnit,
)
from procedures.models.version import ProcedureVersion, Situation


class ChannelTerms(models.Model):
    """The time limit of one channel; a row with a situation wins over the row without."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="terms", verbose_name=_("phiên bản")
    )
    situation = models.ForeignKey(
        Situation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("trường hợp"),
    )
    channel = models.CharField(_("hình thức nộp"), max_length=10, choices=Channel)
    amount = models.PositiveSmallIntegerField(_("thời hạn"), null=True, blank=True)
    amount_max = models.PositiveSmallIntegerField(_("thời hạn dài nhất"), null=True, blank=True)
    unit = models.CharField(_("đơn vị thời hạn"), max_length=20, choices=TimeUnit)
    certainty = models.CharField(_("độ tin cậy"), max_length=1, choices=Certainty)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("thời hạn giải quyết")
        verbose_name_plural = _("thời hạn giải quyết")
        ordering = ["version_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "situation", "channel"],
                nulls_distinct=False,
                name="procedures_terms_once_per_situation_and_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    unit__in=[TimeUnit.SAME_DAY, TimeUnit.NONE], amount__isnull=True, amount_max__isnull=True
                )
                | models.Q(
                    unit__in=[TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.WORKING_HOUR],
                    amount__isnull=False,
                    amount__gt=0,
                ),
                name="procedures_terms_amount_iff_counted_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_max__isnull=True) | models.Q(amount_max__gt=models.F("amount")),
                name="procedures_terms_range_grows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.amount or ''} {self.get_unit_display()}"


class RequiredPaper(models.Model):
    """One line of the list of papers (thành phần hồ sơ), which is not always a paper.

    ``only_for_some``: the note says who brings it, so that leaving it out is no gap.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="papers", verbose_name=_("phiên bản")
    )
    situation = models.ForeignKey(
        Situation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("trường hợp"),
    )
    code = models.CharField(_("mã giấy tờ"), max_length=50)
    name = models.CharField(_("tên giấy tờ"), max_length=1000)
    kind = models.CharField(_("loại"), max_length=10, choices=PaperKind, default=PaperKind.PAPER)
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    copies = models.PositiveSmallIntegerField(_("bản sao"), default=0)
    form_name = models.CharField(_("tên mẫu đơn, tờ khai"), max_length=200, blank=True)
    note = models.CharField(_("ghi chú"), max_length=1000, blank=True)
    only_for_some = models.BooleanField(_("chỉ một số người phải nộp"), default=False)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("thành phần hồ sơ")
        verbose_name_plural = _("thành phần hồ sơ")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="procedures_paper_code_once_per_version"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[PaperKind.NOTE, PaperKind.DATA])
                | models.Q(originals=0, copies=0),
                name="procedures_paper_notes_ask_for_no_copies",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeeItem(models.Model):
    """One fee or charge of a version; an unknown amount is null, never guessed."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="fee_items", verbose_name=_("phiên bản")
    )
    situation = models.ForeignKey(
        Situation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fee_items",
        verbose_name=_("trường hợp"),
    )
    code = models.CharField(_("mã khoản thu"), max_length=50)
    name = models.CharField(_("khoản thu"), max_length=300)
    kind = models.CharField(_("phí hay lệ phí"), max_length=10, choices=FeeKind)
    authority = models.CharField(_("thẩm quyền quy định"), max_length=20, choices=FeeAuthority)
    charge = models.CharField(_("nhóm khoản thu"), max_length=50)
    amount_vnd = models.BigIntegerField(_("mức thu (đồng)"), null=True, blank=True)
    unit = models.CharField(_("đơn vị thu"), max_length=10, choices=FeeUnit, default=FeeUnit.PER_CASE)
    tiers = models.JSONField(_("bậc theo trang"), default=list, blank=True)
    cap_vnd = models.BigIntegerField(_("mức thu tối đa mỗi bản (đồng)"), null=True, blank=True)
    certainty = models.CharField(_("độ tin cậy"), max_length=1, choices=Certainty)
    basis = models.CharField(_("căn cứ thu"), max_length=300)
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel),
        verbose_name=_("chỉ áp dụng khi nộp"),
        default=list,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("khoản thu")
        verbose_name_plural = _("khoản thu")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="procedures_fee_code_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(amount_vnd__isnull=True) | models.Q(amount_vnd__gte=0),
                name="procedures_fee_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(cap_vnd__isnull=True) | models.Q(cap_vnd__gt=0),
                name="procedures_fee_cap_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """An act that a version rests on."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="legal_bases", verbose_name=_("phiên bản")
    )
    number = models.CharField(_("số văn bản"), max_length=100)
    name = models.CharField(_("tên văn bản"), max_length=500)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("căn cứ pháp lý")
        verbose_name_plural = _("căn cứ pháp lý")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="procedures_basis_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
