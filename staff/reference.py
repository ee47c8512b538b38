"""What an installation needs before its first case: places, opening hours and the working calendar."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from django.db import transaction

from staff.choices import CommuneKind, Extent
from staff.models import (
    Agency,
    CalendarDay,
    CalendarRevision,
    CalendarYear,
    Centre,
    Commune,
    FormerCommune,
    OpeningHours,
    ReceptionPoint,
)

DATA: Final = Path(__file__).resolve().parent / "data"
# The two-level government, and with it every commune centre, began on this day.
FIRST_DAY: Final = date(2025, 7, 1)
SESSIONS: Final = ((time(7), time(11, 30)), (time(13, 30), time(17)))
KINDS: Final = {
    "xã": CommuneKind.COMMUNE,
    "phường": CommuneKind.WARD,
    "thị trấn": CommuneKind.TOWNSHIP,
}
# Where a centre works, the main place first; Định Hòa kept the office of the former Định Thành.
USUAL_PLACES: Final = ("Trụ sở",)
SPLIT_CENTRES: Final = {"15448": ("Trụ sở xã", "Cơ sở 2 – Định Thành")}
CALENDAR_NUMBER: Final = 1
CALENDAR_YEARS: Final = (2025, 2026, 2027)
CALENDAR_PUBLISHED_AT: Final = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
CODES_IN_GROUP: Final = 50


@transaction.atomic
def load() -> None:
    """Add what is missing; nothing that an administrator has changed since is touched."""
    load_communes()
    load_former_communes()
    load_centres()
    load_opening_hours()
    load_calendar()
    load_agencies()


def load_communes() -> None:
    """The 166 communes and wards of Thanh Hóa, each with a demonstration identifier.

    The real third-level identifiers of after 1/7/2025 are not published, hence `H56.99.NN.MM`.
    """
    rows = sorted(_rows("communes.csv"), key=lambda row: row["code"])
    Commune.objects.bulk_create(
        [
            Commune(
                gso_code=row["code"],
                kind=KINDS[row["kind"]],
                name=row["name"],
                short_name=_without_kind(row["name"], row["kind"]),
                org_code=_demonstration_code(position),
            )
            for position, row in enumerate(rows)
        ],
        ignore_conflicts=True,
    )


def load_former_communes() -> None:
    """The units of before 1/7/2025, by the commune or communes that they went into."""
    communes = dict(Commune.objects.values_list("gso_code", "pk"))
    FormerCommune.objects.bulk_create(
        [
            FormerCommune(
                commune_id=communes[row["new_code"]],
                name=row["former_name"],
                kind=KINDS[row["former_kind"]],
                district=row["former_district"],
                former_code=row["former_code"],
                extent=Extent(row["extent"]),
            )
            for row in _rows("lineage.csv")
        ],
        ignore_conflicts=True,
    )


def load_centres() -> None:
    """One centre in every commune, and its reception points."""
    communes = list(Commune.objects.filter(centre__isnull=True).order_by("gso_code"))
    centres = Centre.objects.bulk_create(
        [
            Centre(commune=commune, name=f"Trung tâm Phục vụ hành chính công {_in_sentence(commune)}")
            for commune in communes
        ]
    )
    points = [point for centre in centres for point in _points_of(centre)]
    ReceptionPoint.objects.bulk_create(points)


def load_opening_hours() -> None:
    """The usual hours of the province, Monday to Friday, for every point that has none."""
    points = ReceptionPoint.objects.filter(opening_hours__isnull=True)
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(
                point=point, weekday=weekday, opens_at=opens_at, closes_at=closes_at, valid_from=FIRST_DAY
            )
            for point in points
            for weekday in range(5)
            for opens_at, closes_at in SESSIONS
        ],
        batch_size=1000,
    )


def load_calendar() -> None:
    """Revision 1 of the province's calendar, published once and never changed.

    Legal source: Bộ luật Lao động 2019, Điều 111 khoản 3 and Điều 112; Nghị quyết 28/2026/QH16, Điều 2.
    """
    if CalendarRevision.objects.filter(number=CALENDAR_NUMBER).exists():
        return
    revision = CalendarRevision.objects.create(
        number=CALENDAR_NUMBER, note="Lịch làm việc các năm 2025, 2026 và 2027"
    )
    CalendarYear.objects.bulk_create(CalendarYear(revision=revision, year=year) for year in CALENDAR_YEARS)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            revision=revision,
            day=date.fromisoformat(row["day"]),
            kind=row["kind"],
            name=row["name"],
            source=row["source"],
            replaces=date.fromisoformat(row["replaces"]) if row["replaces"] else None,
        )
        for row in _rows(f"calendar-{CALENDAR_NUMBER}.csv")
    )
    CalendarRevision.objects.filter(pk=revision.pk).update(published_at=CALENDAR_PUBLISHED_AT)


def load_agencies() -> None:
    """The bodies of the province that decide on cases received at the communes, by name."""
    Agency.objects.bulk_create(
        [
            Agency(
                slug=row["slug"],
                name=row["name"],
                other_names=row["other_names"],
                certainty=row["certainty"],
            )
            for row in _rows("agencies.csv")
        ],
        ignore_conflicts=True,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _without_kind(name: str, kind: str) -> str:
    return name.removeprefix(kind.capitalize()).strip()


def _in_sentence(commune: Commune) -> str:
    """The name as it stands inside a sentence: "xã Định Hòa"."""
    return commune.name[0].lower() + commune.name[1:]


def _demonstration_code(position: int) -> str:
    return f"H56.99.{position // CODES_IN_GROUP + 1:02}.{position % CODES_IN_GROUP + 1:02}"


def _points_of(centre: Centre) -> list[ReceptionPoint]:
    places = SPLIT_CENTRES.get(centre.commune.gso_code, USUAL_PLACES)
    return [
        ReceptionPoint(
            commune=centre.commune,
            centre=centre,
            name=name,
            short_name=name,
            is_main=position == 1,
            position=position,
        )
        for position, name in enumerate(places, start=1)
    ]
