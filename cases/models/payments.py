"""Money taken at the counter and takes voided. Rows are only added: triggers refuse UPDATE and DELETE."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import PaymentMethod
from cases.models.case import Case
from cases.queries import PaymentQuerySet


class Payment(models.Model):
    """One take against a numbered receipt. The paper of a receipt is used up, even when it is voided later.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 24; Luật Phí và lệ phí 2015, Điều 11 (cash or transfer).
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    take_key = models.UUIDField(_("khóa của lần thu"))
    amount_vnd = models.BigIntegerField(_("số tiền"))
    method = models.CharField(_("hình thức"), max_length=10, choices=PaymentMethod)
    series = models.CharField(_("ký hiệu biên lai"), max_length=20)
    number = models.PositiveIntegerField(_("số biên lai"))
    payer = models.CharField(_("người nộp tiền"), max_length=200)
    reception_point = models.ForeignKey(
        "staff.ReceptionPoint", models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField(_("thu lúc"))
    taken_on = models.DateField(_("ngày thu"))

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần thu tiền")
        ordering = ["taken_at", "pk"]
        indexes = [models.Index(fields=["commune", "taken_on", "taken_by"], name="cases_payment_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "series", "number"], name="cases_payment_receipt_number_once"
            ),
            models.UniqueConstraint(fields=["case", "take_key"], name="cases_payment_one_per_key"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="cases_payment_takes_something"),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="cases_payment_method_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(series="") & Q(number__gt=0), name="cases_payment_has_its_receipt"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """Series and number as they are printed on the receipt."""
        return f"{self.series} {self.number:07d}"


class PaymentVoid(models.Model):
    """A take declared void, with the reason; the receipt stays on record."""

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="void")
    reason = models.CharField(_("lý do hủy"), max_length=500)
    voided_by = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    voided_at = models.DateTimeField(_("hủy lúc"))
    voided_on = models.DateField(_("ngày hủy"))

    class Meta:
        verbose_name = _("lần hủy biên lai")
        ordering = ["voided_at", "pk"]
        indexes = [models.Index(fields=["commune", "voided_on", "voided_by"], name="cases_void_of_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cases_paymentvoid_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason
