"""What was corrected in a running case: rows are only ever added, triggers refuse everything else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class CaseAmendment(models.Model):
    """One corrected fact of a case, as it stood and as it stands since.

    Both values name a citizen as often as not, so they are kept encrypted and apart from the event, which
    tells who corrected when and why. ``seq`` is the number of that event.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="amendments", db_index=False)
    seq = models.PositiveIntegerField(_("bước"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    field = models.CharField(_("mục"), max_length=60)
    old_enc = models.BinaryField(_("nội dung cũ"))
    new_enc = models.BinaryField(_("nội dung mới"))

    class Meta:
        verbose_name = _("mục đã sửa")
        ordering = ["seq", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "seq", "field"], name="cases_caseamendment_field_once_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.field}"
