"""Rules that waive fees and charges, with their days of validity."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.choices import Category, Certainty, Channel
from procedures.queries import ExemptionQuerySet


class ExemptionRule(models.Model):
    """A legal rule that waives part of the charges it names, and of no others.

    An empty list means "any"; an empty list of categories means that nobody has to belong to a group.
    Changed law is a new code; the importer only ever closes a rule by its last day.
    """

    code = models.SlugField(_("mã quy định"), max_length=60, unique=True)
    basis = models.CharField(_("căn cứ miễn, giảm"), max_length=300)
    wording = models.CharField(_("trường hợp được miễn, giảm"), max_length=300)
    charges = ArrayField(models.CharField(max_length=50), verbose_name=_("nhóm khoản thu"))
    procedures = ArrayField(
        models.CharField(max_length=8), verbose_name=_("mã thủ tục"), default=list, blank=True
    )
    situations = ArrayField(
        models.CharField(max_length=50), verbose_name=_("mã trường hợp"), default=list, blank=True
    )
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel),
        verbose_name=_("hình thức nộp"),
        default=list,
        blank=True,
    )
    categories = ArrayField(
        models.CharField(max_length=50, choices=Category),
        verbose_name=_("nhóm đối tượng"),
        default=list,
        blank=True,
    )
    waive_percent = models.PositiveSmallIntegerField(_("tỷ lệ miễn, giảm (%)"), default=100)
    certainty = models.CharField(_("độ tin cậy"), max_length=1, choices=Certainty)
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_to = models.DateField(_("áp dụng đến hết ngày"), null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quy định miễn, giảm")
        verbose_name_plural = _("quy định miễn, giảm")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(charges__len__gt=0), name="procedures_exemption_names_its_charges"
            ),
            models.CheckConstraint(
                condition=models.Q(waive_percent__gte=1, waive_percent__lte=100),
                name="procedures_exemption_percent_between_1_and_100",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="procedures_exemption_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording} ({self.basis})"
