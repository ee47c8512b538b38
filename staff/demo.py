"""People invented for demonstrations: enough of them to play every part of a day at the counter."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from staff.choices import MembershipKind
from staff.models import Commune, Membership, Officer, ReceptionPoint
from staff.rights import Role

DINH_HOA: Final = "15448"
MUONG_LAT: Final = "14845"
HAC_THANH: Final = "14797"
MAIN_POINT: Final = 1
SECOND_POINT: Final = 2
POSTED_FOR: Final = timedelta(days=730)


@dataclass(frozen=True)
class Post:
    """A membership to be invented: role, commune, title, and where and in which fields."""

    role: Role
    gso: str = ""
    title: str = ""
    point: int | None = None
    fields: tuple[str, ...] = ()
    kind: MembershipKind = MembershipKind.OWN


@dataclass(frozen=True)
class Person:
    """An officer to be invented."""

    username: str
    full_name: str
    posts: tuple[Post, ...]
    is_new: bool = False


JUSTICE: Final = (
    "civil_status",
    "certification",
    "adoption",
    "mediation",
    "reception",
    "petitions",
    "complaints",
    "denunciations",
    "anti_corruption",
    "military_service",
)
SOCIETY: Final = (
    "social_protection",
    "children",
    "poverty",
    "health",
    "merit",
    "employment",
    "associations",
    "youth_volunteers",
    "schools",
    "culture",
    "sports",
    "libraries",
    "religion",
    "ethnic_affairs",
)
ECONOMY: Final = (
    "building",
    "planning",
    "housing",
    "roads",
    "inland_waterway",
    "household_business",
    "cooperatives",
    "agricultural_insurance",
    "public_assets",
    "land_finance",
    "land",
    "crops",
    "environment_charges",
    "lpg",
    "food_safety",
)

_CLERK_TITLE: Final = "Công chức Trung tâm Phục vụ hành chính công"
_VICE_CHAIRMAN: Final = "Phó Chủ tịch UBND xã"


def _clerk(gso: str, point: int = MAIN_POINT, kind: MembershipKind = MembershipKind.OWN) -> Post:
    return Post(Role.CLERK, gso, _CLERK_TITLE, point=point, kind=kind)


def _handler(gso: str, title: str, fields: tuple[str, ...] = ()) -> Post:
    return Post(Role.HANDLER, gso, title, fields=fields)


PEOPLE: Final = (
    Person("ha.lt", "Lê Thu Hà", (_clerk(DINH_HOA, SECOND_POINT),)),
    Person("hien.vt", "Vũ Thị Hiền", (_clerk(DINH_HOA, kind=MembershipKind.POSTED),)),
    Person("duc.hm", "Hoàng Minh Đức", (_handler(DINH_HOA, "Công chức Tư pháp – Hộ tịch", JUSTICE),)),
    Person("yen.pt", "Phùng Thị Yến", (_handler(DINH_HOA, "Công chức Văn hóa – Xã hội", SOCIETY),)),
    Person("bach.lq", "Lê Quang Bách", (_handler(DINH_HOA, "Công chức Phòng Kinh tế", ECONOMY),)),
    Person("thanh.nt", "Nguyễn Thị Thanh", (Post(Role.SIGNATORY, DINH_HOA, _VICE_CHAIRMAN),)),
    Person("long.td", "Trịnh Đình Long", (Post(Role.DIRECTOR, DINH_HOA, "Giám đốc Trung tâm"),)),
    Person("hung.tv", "Trịnh Văn Hùng", (Post(Role.COMMUNE_ADMIN, DINH_HOA, "Công chức Văn phòng"),)),
    Person("moi.nv", "Nguyễn Văn Mới", (_clerk(DINH_HOA),), is_new=True),
    Person("mai.lt", "Lò Thị Mai", (_clerk(MUONG_LAT),)),
    Person("thiem.vv", "Vi Văn Thiêm", (_handler(MUONG_LAT, "Công chức chuyên môn"),)),
    Person("buong.lv", "Lương Văn Bường", (Post(Role.SIGNATORY, MUONG_LAT, _VICE_CHAIRMAN),)),
    Person("anh.nn", "Nguyễn Ngọc Anh", (_clerk(HAC_THANH),)),
    Person("viet.tq", "Trần Quốc Việt", (_handler(HAC_THANH, "Công chức chuyên môn"),)),
    Person("tuan.dm", "Đỗ Minh Tuấn", (Post(Role.SIGNATORY, HAC_THANH, "Phó Chủ tịch UBND phường"),)),
    Person("ngan.ct", "Cao Thị Ngân", (_clerk(HAC_THANH), _clerk(MUONG_LAT, kind=MembershipKind.SECONDED))),
    Person("son.lv", "Lê Văn Sơn", (Post(Role.PROVINCE_ADMIN, title="Chuyên viên Trung tâm tỉnh"),)),
    Person("lan.pt", "Phạm Thị Lan", (Post(Role.AUDITOR, title="Thanh tra viên"),)),
    Person("trang.dt", "Đào Thu Trang", (Post(Role.CONTENT_EDITOR, title="Biên tập viên"),)),
    Person("thu.nt", "Ngô Thị Thu", (Post(Role.CASHIER, DINH_HOA, "Người thu phí, lệ phí"),)),
)


@transaction.atomic
def create_demo_accounts(password: str, *, day: date) -> list[tuple[str, str, str, str]]:
    """Invent the accounts, all with one password, at work from this day on; existing ones stay as they are.

    Returns:
        One row per account: sign-in name, full name, role, commune.
    """
    known = set(Officer.objects.values_list("username", flat=True))
    wanted = [person for person in PEOPLE if person.username not in known]
    hashed = make_password(password)
    phones = {person.username: f"+8491200{number:04}" for number, person in enumerate(PEOPLE, start=1)}
    officers = Officer.objects.bulk_create(
        Officer(
            username=person.username,
            full_name=person.full_name,
            phone=phones[person.username],
            password=hashed,
            must_change_password=person.is_new,
        )
        for person in wanted
    )
    communes = {
        commune.gso_code: commune
        for commune in Commune.objects.filter(gso_code__in=[post.gso for one in PEOPLE for post in one.posts])
    }
    here = ReceptionPoint.objects.filter(commune__in=communes.values())
    points = {(point.commune_id, point.position): point for point in here}
    Membership.objects.bulk_create(
        _membership(officer, post, communes.get(post.gso), points, day)
        for officer, person in zip(officers, wanted, strict=True)
        for post in person.posts
    )
    return [_row(person, communes) for person in PEOPLE]


def _membership(
    officer: Officer,
    post: Post,
    commune: Commune | None,
    points: dict[tuple[int, int], ReceptionPoint],
    day: date,
) -> Membership:
    return Membership(
        officer=officer,
        commune=commune,
        role=post.role,
        title=post.title,
        reception_point=points[commune.pk, post.point] if commune and post.point else None,
        field_codes=list(post.fields),
        kind=post.kind,
        valid_from=day,
        valid_to=None if post.kind == MembershipKind.OWN else day + POSTED_FOR,
    )


def _row(person: Person, communes: dict[str, Commune]) -> tuple[str, str, str, str]:
    places = [communes[post.gso].name for post in person.posts if post.gso]
    return (
        person.username,
        person.full_name,
        str(person.posts[0].role.label),
        ", ".join(places) or "Cấp tỉnh",
    )
