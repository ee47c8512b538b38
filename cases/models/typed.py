"""What a clerk is in the middle of typing; it is no case, and nobody but the clerk sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.queries import TypedDraftQuerySet


class TypedDraft(models.Model):
    """A screen of reception as far as it is typed, one row per screen.

    ``intake_key`` is the key of the screen, so several people at the counter are several drafts. The row goes
    in the transaction that makes a case or a slip of it, and after 24 hours. ``body_enc`` holds what was
    typed, encrypted.
    """

    commune = models.ForeignKey("staff.Commune", models.PROTECT, db_index=False)
    officer = models.ForeignKey("staff.Officer", models.PROTECT, related_name="+", db_index=False)
    intake_key = models.UUIDField(_("khóa của lần tiếp nhận"))
    body_enc = models.BinaryField(_("nội dung đang nhập"))
    saved_at = models.DateTimeField(_("giữ lúc"))

    objects = TypedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản đang nhập dở")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "officer", "intake_key"], name="cases_typeddraft_one_per_screen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.intake_key}"
