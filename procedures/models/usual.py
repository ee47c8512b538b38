"""How long cases of a procedure took lately: counted by the office each night, told to the public."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.choices import TimeUnit
from procedures.models.procedure import Procedure
from procedures.queries import UsualTimeQuerySet

FEWEST_CASES: Final = 10
"""Below this many cases a percentile says nothing that a citizen could rely on."""


class UsualTime(models.Model):
    """The figures of one night for one procedure; ``p50`` half of the cases, ``p90`` nine out of ten."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="usual_times", db_index=False, verbose_name=_("thủ tục")
    )
    computed_on = models.DateField(_("tính ngày"))
    cases = models.PositiveIntegerField(_("số hồ sơ"))
    p50 = models.PositiveIntegerField(_("một nửa xong trong"))
    p90 = models.PositiveIntegerField(_("chín phần mười xong trong"))
    unit = models.CharField(_("đơn vị"), max_length=16, choices=TimeUnit, default=TimeUnit.WORKING_DAY)

    objects = UsualTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời gian giải quyết thực tế")
        verbose_name_plural = _("thời gian giải quyết thực tế")
        ordering = ["procedure_id", "-computed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "computed_on"], name="procedures_usualtime_once_a_night"
            ),
            models.CheckConstraint(
                condition=models.Q(cases__gt=0), name="procedures_usualtime_counts_something"
            ),
            models.CheckConstraint(
                condition=models.Q(p90__gte=models.F("p50")), name="procedures_usualtime_p90_not_below_p50"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.computed_on}"

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases to name percentiles."""
        return self.cases >= FEWEST_CASES
