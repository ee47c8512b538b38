"""Narrowing of the catalogue: what is listed, which version is in force, what hangs on it."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import Q

from staff.gathering import Question, Rows

if TYPE_CHECKING:
    from procedures.models import (
        CatalogueRevision,
        ExemptionRule,
        Procedure,
        ProcedureVersion,
        UsualTime,
    )

FRESH: Final = timedelta(days=7)
"""Figures older than this are no longer told: the job that counts them stands still."""


def _in_force(day: date) -> Q:
    """A validity interval includes its first and its last day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Versions of procedures."""

    def published(self) -> Self:
        """Versions that the public may rely on."""
        return self.filter(published_at__isnull=False)

    def in_force(self, day: date) -> Self:
        """Published versions that apply to a file received on that day."""
        return self.published().filter(_in_force(day))

    def listed(self) -> Self:
        """Versions of procedures on the office's posting board."""
        return self.filter(procedure__is_listed=True)

    def registrable(self, code: str, day: date) -> "ProcedureVersion | None":
        """Of all versions the one in force, of a procedure registered here, with all that hangs on it."""
        [version] = _registrable.gather(self.model, code=code, day=day)["version"] or [None]
        return with_parts(version) if version else None

    def for_list(self) -> Self:
        """Rows of the catalogue's list in the order of the board: sector, field, code."""
        return self.select_related("procedure__field__sector").order_by(
            "procedure__field__sector__position", "procedure__field__position", "procedure__code"
        )

    def for_detail(self) -> Self:
        """A version with all that its page, a quote or a receipt shows: six queries."""
        return self.select_related("procedure__field__sector", "procedure__superseded_by").prefetch_related(
            "situations",
            "terms__situation",
            "papers__situation",
            "fee_items__situation",
            "legal_bases",
        )


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Procedures."""

    def listed(self) -> Self:
        """Procedures on the office's posting board."""
        return self.filter(is_listed=True)

    def registrable(self) -> Self:
        """Listed procedures for which this system opens cases (the police keep their own)."""
        return self.listed().filter(external_system=False)

    def of_fields(self, codes: frozenset[str]) -> Self:
        """Procedures of these fields; no field named means all fields."""
        return self.filter(field__code__in=codes) if codes else self.all()


class ExemptionQuerySet(models.QuerySet["ExemptionRule"]):
    """Exemption rules."""

    def in_force(self, day: date) -> Self:
        """Rules that apply to a file received on that day."""
        return self.filter(_in_force(day))


class UsualTimeQuerySet(models.QuerySet["UsualTime"]):
    """How long procedures took."""

    def latest_of(self, procedure: "Procedure", day: date) -> "UsualTime | None":
        """The newest figures of a procedure; None when the nights of the last week brought none."""
        fresh = self.filter(procedure=procedure, computed_on__gt=day - FRESH, computed_on__lte=day)
        return fresh.order_by("-computed_on").first()


class RevisionQuerySet(models.QuerySet["CatalogueRevision"]):
    """The catalogue's counter."""

    def current_number(self) -> int:
        """Number of the last change; 0 before the first load."""
        number = self.filter(pk=1).values_list("number", flat=True).first()
        return 0 if number is None else number


@Question
def _registrable(model: "type[ProcedureVersion]", *, code: str, day: date) -> dict[str, Rows]:
    in_force = model.objects.in_force(day).listed()
    registered_here = in_force.filter(procedure__code=code, procedure__external_system=False)
    return {"version": Rows(registered_here.for_detail().order_by("-valid_from")[:1])}


def with_parts(version: "ProcedureVersion") -> "ProcedureVersion":
    """A published version with all that hangs on it, which this process reads once.

    Nothing can be added to a published version or changed in it, so its parts need no second look; which
    version is in force is read from its row every time. Moment and digest of the publication tell databases
    apart that share a process.
    """
    parts = _parts_of(type(version), version.pk, version.digest, version.published_at)
    setattr(version, "_prefetched_objects_cache", dict(parts))  # noqa: B010 (what prefetch_related sets)
    return version


@lru_cache(maxsize=1024)
def _parts_of(
    model: "type[ProcedureVersion]", pk: int, digest: str, published_at: datetime | None
) -> dict[str, Any]:
    whole = model.objects.for_detail().get(pk=pk, digest=digest, published_at=published_at)
    parts: dict[str, Any] = getattr(whole, "_prefetched_objects_cache")  # noqa: B009
    return parts


def version_in_force(procedure: "Procedure", day: date) -> "ProcedureVersion | None":
    """The version that a file received on that day follows; None when none is published."""
    return procedure.versions.in_force(day).order_by("-valid_from").first()


def version_detail(version: "ProcedureVersion") -> "ProcedureVersion":
    """The same version with everything that hangs on it loaded."""
    return type(version).objects.for_detail().get(pk=version.pk)
