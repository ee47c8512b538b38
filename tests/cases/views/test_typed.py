"""Half typed screens: offered again to whoever typed them, whole, and never to be registered twice."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.forms import BooleanField
from django.urls import reverse

from cases import actions
from cases.models import Case, TypedDraft
from cases.typed import read
from staff.clock import LOCAL
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.views.test_intake import a_walk_in, messages_at, the_case
from tests.cases.views.words import plain

pytestmark = pytest.mark.django_db
PAGE = "/ho-so/moi/"
PREVIEW = "/ho-so/moi/xem-truoc/"
KEY = str(uuid.UUID(int=7))


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


def sent_back(form):
    """What a browser would send of the screen as it is shown: ticks only where they are set."""
    ticks = {one.html_name for one in form if isinstance(one.field, BooleanField)}
    values = {one.html_name: one.value() for one in form}
    return {name: "on" if name in ticks else value for name, value in values.items() if value}


def test_preview_keeps_what_is_typed_and_the_next_page_offers_it(desk):
    desk.post(PREVIEW, {"intake_key": KEY, "procedure": "1.004873", "name": "Lê Thị Hương"})

    page = desk.get(PAGE)

    [kept] = page.context["kept"]
    assert (kept.name, str(kept.intake_key)) == ("Lê Thị Hương", KEY)
    text = page.content.decode()
    for told in (
        "Chưa tiếp nhận xong, nhập lúc 09:42 ngày 20/11:",
        "Lê Thị Hương",
        f"?tiep={KEY}",
        "Nhập tiếp",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"phone": "0912 345 018", "number": "038185012346"}, "chưa ghi tên , {} , điện thoại 0912 345 018"),
        ({"number": "038185012346", "paper-01": "on"}, "chưa ghi tên , {} , số giấy tờ … 2346"),
        ({"paper-01": "on"}, "chưa ghi tên , {} , đã nhận Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"),
        ({}, "chưa ghi tên , {} Nhập tiếp"),
    ],
)
def test_kept_screen_without_a_name_says_what_tells_it_apart(desk, typed, told):
    desk.post(PREVIEW, {"intake_key": KEY, "procedure": "1.004873"} | typed)

    shown = plain(desk.get(PAGE).content.decode())
    assert told.format("Cấp Giấy xác nhận tình trạng hôn nhân") in shown
    assert "038185012346" not in shown


def test_page_of_a_kept_screen_holds_every_field_ticks_and_counts(desk):
    typed = a_walk_in(
        "2.000815",
        intake_key=KEY,
        copies="3",
        pages="5",
        for_other="on",
        filer_name="Lê Văn Đi Thay",
        number="03818501",
        slip_reason="Ảnh mờ",
        late="on",
        late_at="19/11/2026 15:",
    )
    typed.pop(next(name for name in typed if name.startswith("paper-")))
    desk.post(PREVIEW, typed)

    page = desk.get(f"{PAGE}?tiep={KEY}")

    shown = sent_back(page.context["form"])
    assert {name: shown.get(name, "") for name in typed} == typed
    assert {name for name in shown if shown[name] == "on"} == {name for name in typed if typed[name] == "on"}
    assert (page.status_code, messages_at(page), page.context["kept"]) == (200, {}, [])


def test_kept_screen_registered_twice_is_the_first_case(desk):
    typed = a_walk_in("1.004873", intake_key=KEY)
    desk.post(PREVIEW, typed)

    first = the_case(desk.post(PAGE, typed))
    again = the_case(desk.post(PAGE, typed))

    assert (again.pk, Case.objects.count(), TypedDraft.objects.count()) == (first.pk, 1, 0)
    assert desk.get(PAGE).context["kept"] == []


def test_refused_form_is_kept_without_any_script(desk):
    desk.post(PAGE, {"intake_key": KEY, "name": "Lê Thị Hương"})

    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Lê Thị Hương"]


def test_refused_slip_is_kept(desk):
    desk.post(reverse("cases:slip", args=["refusal"]), {"intake_key": KEY, "name": "Lê Thị Hương"})

    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Lê Thị Hương"]


def test_screen_that_is_emptied_again_is_no_draft(desk):
    desk.post(PREVIEW, {"intake_key": KEY, "name": "Lê"})
    desk.post(PREVIEW, {"intake_key": KEY, "name": ""})

    assert TypedDraft.objects.count() == 0


def test_words_of_the_search_are_kept_too(desk):
    desk.post(PREVIEW, {"intake_key": KEY, "procedure": "khai sinh cho chau"})

    page = desk.get(f"{PAGE}?tiep={KEY}")

    assert page.context["form"]["procedure"].value() == "khai sinh cho chau"


def test_key_of_another_officer_opens_an_empty_screen(desk, browse_as):
    browse_as("hien.vt").post(PREVIEW, {"intake_key": KEY, "name": "Lê Thị Hương"})

    page = desk.get(f"{PAGE}?tiep={KEY}")

    assert (page.context["kept"], page.context["form"].is_bound) == ([], False)
    assert "Lê Thị Hương" not in page.content.decode()


def test_drop_throws_the_named_screen_away(desk):
    for key, name in ((KEY, "Một"), (str(uuid.UUID(int=8)), "Hai")):
        desk.post(PREVIEW, {"intake_key": key, "name": name})

    answer = desk.post(reverse("cases:typed_drop"), {"key": KEY})

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Hai"]


def test_screen_of_another_officer_is_not_registered_and_not_kept(desk, people):
    typed = a_walk_in("1.004873", typed_by=str(people["hien.vt"].membership_id))

    answers = [desk.post(address, typed) for address in (PAGE, PREVIEW, "/phieu/lap/guidance/")]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert "Lê Thu Hà" in answers[0].content.decode()
    assert (Case.objects.count(), TypedDraft.objects.count()) == (0, 0)


def test_page_says_who_types_it(desk, people):
    assert f'name="typed_by" value="{people["ha.lt"].membership_id}"' in desk.get(PAGE).content.decode()


def test_draft_of_yesterday_is_offered_no_more(desk, clerk, clock_shows):
    desk.post(PREVIEW, {"intake_key": KEY, "name": "Lê"})
    draft = TypedDraft.objects.get()
    draft.saved_at -= timedelta(hours=24)
    draft.save()

    assert desk.get(PAGE).context["kept"] == []
    assert actions.prune_typed(at=FRIDAY_MORNING + timedelta(minutes=5)) == 1


def test_late_receipt_is_promised_as_it_is_registered(desk):
    late = {"late": "on", "late_at": "19/11/2026 15:30", "late_reason": "Mất điện"}
    typed = a_walk_in("1.004873") | late

    shown = desk.post(PREVIEW, typed)
    case = the_case(desk.post(PAGE, typed))

    due_at = datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL)  # Wednesday
    assert (shown.context["preview"].due_at, case.due_at) == (due_at, due_at)
    assert "Tính từ lúc nhận 15:30, thứ Năm 19/11/2026." in shown.content.decode()
    history = desk.get(f"/ho-so/{case.code}/").content.decode()
    assert "Nhập vào hệ thống lúc 20/11/2026 09:42." in history
    assert "Mất điện" in history


@pytest.mark.parametrize(
    ("late_at", "was_closed"),
    [
        ("19/11/2026 15:30", False),
        ("19/11/2026 12:15", True),
        ("19/11/2026 19:00", True),
        ("15/11/2026 09:00", True),  # a Sunday
    ],
)
def test_late_receipt_outside_the_hours_is_warned_of(desk, late_at, was_closed):
    shown = desk.post(PREVIEW, a_walk_in("1.004873", late="on", late_at=late_at))

    assert shown.context["preview"].was_closed is was_closed
    assert ("ngoài giờ làm việc" in shown.content.decode()) is was_closed


@pytest.mark.parametrize(
    ("late_at", "reason", "complaints"),
    [
        ("", "Mất điện", {"late_at": ["Ông bà ghi lúc nhận thực tế."]}),
        ("hôm qua", "Mất điện", {"late_at": ["Nhập ngày và giờ dạng 19/11/2026 15:30."]}),
        ("31/11/2026 09:00", "Mất điện", {"late_at": ["Không có ngày giờ 31/11/2026 09:00."]}),
        ("20/11/2026 09:59", "Mất điện", {"late_at": ["Lúc nhận không được sau bây giờ."]}),
        (
            "09/11/2026 09:00",
            "Mất điện",
            {"late_at": ["Chỉ nhập lại hồ sơ đã nhận trong 10 ngày gần đây."]},
        ),
        ("19/11/2026 15:30", "", {"late_reason": ["Ông bà ghi lý do nhập sau."]}),
    ],
)
def test_late_receipt_that_cannot_be_is_said_at_its_field(desk, late_at, reason, complaints):
    typed = a_walk_in("1.004873", late="on", late_at=late_at, late_reason=reason)

    answer = desk.post(PAGE, typed)

    assert (answer.status_code, messages_at(answer)) == (422, complaints)
    assert answer.context["form"]["late_at"].value() == late_at


def test_late_fields_without_the_tick_count_for_nothing(desk):
    case = the_case(desk.post(PAGE, a_walk_in("1.004873", late_at="19/11/2026 15:30", late_reason="x")))

    assert case.received_on == FRIDAY_MORNING.date()


def test_preview_that_only_keeps_computes_nothing(desk):
    typed = {"intake_key": KEY, "procedure": "1.004873", "name": "Lê Thị Hương"}

    answer = desk.post(PREVIEW, typed, headers={"X-Keep-Only": "1"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Lê Thị Hương"]
