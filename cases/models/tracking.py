"""Who tried to look into a case from outside, so that guessing ends after five tries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class StrangeCodeAttempt(models.Model):
    """One try with a code that no case has, so that such codes are counted as cases are.

    It belongs to no commune, because there is none; code and address are kept as keyed fingerprints. What is
    older than the hour that counts is deleted by the next try.
    """

    code_blind = models.BinaryField()
    address_blind = models.BinaryField()
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần tra cứu mã không có")
        indexes = [
            models.Index(fields=["code_blind", "at"], name="cases_strange_of_code"),
            models.Index(fields=["address_blind", "at"], name="cases_strange_of_address"),
            models.Index(fields=["at"], name="cases_strange_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.at)


class TrackingAttempt(models.Model):
    """One wrong answer on the tracking page. The address is kept as a keyed fingerprint only."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    address_blind = models.BinaryField()
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần tra cứu sai")
        indexes = [
            models.Index(fields=["commune", "case", "at"], name="cases_attempt_of_case"),
            models.Index(fields=["address_blind", "at"], name="cases_attempt_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"
