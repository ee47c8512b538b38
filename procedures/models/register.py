"""The counter that tells every process when the catalogue changed, and what people did not find."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.queries import RevisionQuerySet


class CatalogueRevision(models.Model):
    """One row whose number grows with every change of the catalogue."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(_("số hiệu"), default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần cập nhật danh mục")
        verbose_name_plural = _("lần cập nhật danh mục")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="procedures_revision_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(number__gte=0), name="procedures_revision_number_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class SearchMiss(models.Model):
    """A search that found nothing, counted by its folded words; nobody's data is in it."""

    query_fold = models.CharField(_("từ đã tìm"), max_length=80, unique=True)
    count = models.PositiveIntegerField(_("số lần"), default=1)
    last_at = models.DateTimeField(_("lần cuối"))

    class Meta:
        verbose_name = _("từ tìm không có kết quả")
        verbose_name_plural = _("từ tìm không có kết quả")
        ordering = ["-count", "query_fold"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(query_fold__regex=r"([0-9][^0-9]*){9}"),
                name="procedures_miss_holds_no_personal_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query_fold} ({self.count})"
