"""From the screen of reception to a slip, and from the slip back to the screen."""

import re

import pytest

from cases.models import Case, ReceptionSlip
from tests.cases.documents.test_receipt import words_of
from tests.cases.views import test_intake as reception
from tests.cases.views.test_intake import FRIDAY, a_walk_in, messages_at, the_case

pytestmark = pytest.mark.django_db
on_friday = reception.on_friday
desk = reception.desk
GUIDANCE, REFUSAL = "/phieu/lap/guidance/", "/phieu/lap/refusal/"
CODE = "1.004873"
KEY = "0b0f7c3a-4a53-4f0e-9d5b-52a8a5b3c111"


def bare(**changes):
    """What is on the screen when only the procedure and the name are known."""
    return {"procedure": CODE, "name": "Lê Thị Hương"} | changes


def the_slip(answer):
    assert answer.status_code == 302, answer.content.decode()[:2000]
    year, serial = re.fullmatch(r"/phieu/(\d+)/(\d+)/", answer.url).groups()
    return ReceptionSlip.objects.get(year=year, serial=serial)


def numbered(desk, kind, typed):
    """The answer after the clerk has looked at the slip and confirmed it."""
    return desk.post(kind, typed | {"confirmed": "1"})


def test_slip_is_looked_at_before_it_has_a_number(desk):
    typed = bare(intake_key=KEY, phone="0912 345 018", birth="31/02/1990", slip_reason="Ảnh mờ & nhòe")
    look = desk.post(GUIDANCE, typed)
    page, sent = look.content.decode(), dict(look.context["sent"])

    assert (look.status_code, ReceptionSlip.objects.count()) == (200, 0)
    for told in ("Lê Thị Hương", "0912 345 018", "Ảnh mờ &amp; nhòe", "Giấy tờ còn thiếu", CODE):
        assert told in page, told
    assert f'data-back href="/ho-so/moi/?tiep={KEY}"' in page
    assert sent == typed  # nothing that was typed is lost on the way, even what the slip does not say
    slip = the_slip(numbered(desk, GUIDANCE, sent))
    assert (slip.number, [f"<li>{paper}</li>" in page for paper in slip.missing]) == ("1/HDHS", [True, True])


def test_look_at_a_slip_leads_back_to_the_screen_as_it_was_typed(desk):
    typed = bare(intake_key=KEY, number="038185", slip_reason="Nộp tại công an xã")
    desk.post(REFUSAL, typed)
    form = desk.get(f"/ho-so/moi/?tiep={KEY}").context["form"]

    assert {name: form[name].value() for name in typed if name != "intake_key"} == bare(
        number="038185", slip_reason="Nộp tại công an xã"
    )
    assert ReceptionSlip.objects.count() == 0


def test_intake_screen_offers_both_slips_after_registering(desk):
    text = desk.get(f"/ho-so/moi/?procedure={CODE}").content.decode()
    buttons = re.findall(r'<button class="btn[^"]*" form="intake"[^>]*>', text)

    assert [re.findall(r'(?:formaction|data-alt)="([^"]+)"', button) for button in buttons] == [
        [],
        [GUIDANCE, "KeyB"],
        [REFUSAL, "KeyT"],
    ]


def test_slip_of_guidance_lists_every_paper_that_is_not_ticked(desk):
    filled = a_walk_in(CODE)
    marks = [name for name in filled if name.startswith("paper-")]
    slip = the_slip(numbered(desk, GUIDANCE, bare(phone="0912 345 018")))
    some = the_slip(numbered(desk, GUIDANCE, bare(**{marks[0]: "on", "slip_reason": "Ảnh mờ"})))

    # Papers that only some have to bring are never asked of everybody.
    assert len(slip.missing) >= 1
    assert len(some.missing) == len(slip.missing) - 1
    assert set(some.missing) < set(slip.missing)
    assert (slip.phone, slip.reason, some.reason) == ("+84912345018", "", "Ảnh mờ")
    assert Case.objects.count() == 0


def test_slip_of_refusal_holds_its_reason_and_asks_for_no_paper(desk):
    slip = the_slip(numbered(desk, REFUSAL, bare(slip_reason="Không thuộc thẩm quyền\nNộp tại công an xã")))

    assert (slip.kind, slip.missing) == ("refusal", [])
    assert slip.reason == "Không thuộc thẩm quyền\nNộp tại công an xã"


@pytest.mark.parametrize(
    ("path", "typed", "wrong"),
    [
        (GUIDANCE, {}, {"procedure", "name"}),
        (REFUSAL, {}, {"procedure", "name", "slip_reason"}),
        (REFUSAL, bare(), {"slip_reason"}),
        (REFUSAL, bare(slip_reason=" \u200b "), {"slip_reason"}),
        (GUIDANCE, bare(papers_in_database="on"), {"slip_reason"}),
        (GUIDANCE, bare(phone="12"), {"phone"}),
        (GUIDANCE, bare(name="x" * 201), {"name"}),
        (REFUSAL, bare(slip_reason="x" * 501), {"slip_reason"}),
        (GUIDANCE, {"procedure": "khai sinh", "name": "Lê Thị Hương"}, {"procedure"}),
    ],
)
def test_slip_without_what_it_needs_is_refused_at_the_field(desk, path, typed, wrong):
    answer = desk.post(path, typed)

    assert answer.status_code == 422
    assert set(messages_at(answer)) == wrong
    assert ReceptionSlip.objects.count() == 0


def test_slip_that_is_refused_keeps_everything_typed(desk):
    typed = bare(birth="31/02/1990", number="12", address="Thôn Tân Long", slip_reason="", for_other="on")
    text = desk.post(REFUSAL, typed).content.decode()

    for kept in ("31/02/1990", 'value="12"', "Thôn Tân Long", "Lê Thị Hương"):
        assert kept in text, kept


def test_slip_judges_nothing_that_it_does_not_say(desk):
    typed = bare(birth="31/02/1990", number="12", channel="boat", delivery="x", copies="-1", due_on="x")

    assert the_slip(numbered(desk, GUIDANCE, typed)).number == "1/HDHS"


def test_slip_sent_twice_is_one_slip(desk):
    typed = a_walk_in(CODE, slip_reason="Ảnh mờ")

    assert [numbered(desk, GUIDANCE, typed).url for _ in "12"] == ["/phieu/2026/1/"] * 2
    assert ReceptionSlip.objects.count() == 1


def test_slip_of_an_unknown_kind_does_not_exist(desk):
    assert desk.post("/phieu/lap/receipt/", bare()).status_code == 404
    assert desk.get("/phieu/lap/receipt/").status_code == 404


def test_slip_asked_for_without_a_form_leads_back_to_the_screen(desk):
    answer = desk.get(GUIDANCE)

    assert (answer.status_code, answer.url) == (302, "/ho-so/moi/")


@pytest.mark.parametrize("username", ["duc.hm", "thanh.nt", "long.td", "hung.tv", "son.lv"])
def test_slip_pages_are_for_clerks_only(browse_as, desk, username):
    the_slip(numbered(desk, GUIDANCE, bare()))
    client = browse_as(username)
    answers = [
        client.get(path).status_code for path in ("/phieu/", "/phieu/2026/1/", "/phieu/2026/1/phieu.pdf")
    ]

    assert [*answers, client.post(GUIDANCE, bare()).status_code] == [403] * 4
    assert ReceptionSlip.objects.count() == 1


def test_slip_page_shows_it_and_prints_it(desk):
    slip = the_slip(numbered(desk, REFUSAL, bare(slip_reason="Không thuộc thẩm quyền")))
    page = desk.get("/phieu/2026/1/").content.decode()
    printed = desk.get("/phieu/2026/1/phieu.pdf")

    for told in ("1/HDHS", "Lê Thị Hương", "Không thuộc thẩm quyền", "?slip=2026-1", "09:42"):
        assert told in page, told
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Content-Disposition"] == 'inline; filename="phieu-2026-1.pdf"'
    assert slip.number in words_of(printed.content)


def test_slip_is_not_in_the_queue_and_not_found(desk):
    the_slip(numbered(desk, GUIDANCE, bare()))

    assert "Lê Thị Hương" not in desk.get("/ho-so/").content.decode()
    assert "Lê Thị Hương" not in desk.post("/ho-so/tim/", {"q": "Hương"}, follow=True).content.decode()


def test_slips_of_the_day_lead_to_a_registration_that_answers_them(desk):
    slip = the_slip(numbered(desk, GUIDANCE, bare(phone="0912 345 018")))
    assert "/ho-so/moi/?slip=2026-1" in desk.get("/phieu/").content.decode()

    screen = desk.get("/ho-so/moi/?slip=2026-1")
    form = screen.context["form"]
    begin = {name: form[name].value() for name in ("procedure", "name", "phone", "slip")}
    assert begin == {
        "procedure": CODE,
        "name": "Lê Thị Hương",
        "phone": "+84912345018",
        "slip": "2026-1",
    }
    assert "1/HDHS" in screen.content.decode()

    case = the_case(desk.post("/ho-so/moi/", a_walk_in(CODE, **begin)))
    slip.refresh_from_db()
    assert slip.case_id == case.pk
    listed = desk.get("/phieu/").content.decode()
    assert case.code in listed
    assert "?slip=2026-1" not in listed
    assert desk.get("/ho-so/moi/?slip=2026-1").context["form"]["name"].value() is None


def test_intake_from_a_slip_with_an_error_keeps_the_slip(desk):
    the_slip(numbered(desk, GUIDANCE, bare()))

    answer = desk.post("/ho-so/moi/", a_walk_in(CODE, slip="2026-1", name=""))

    assert answer.status_code == 422
    assert 'name="slip" value="2026-1"' in answer.content.decode()
    assert "1/HDHS" in answer.content.decode()


@pytest.mark.parametrize("key", ["", "x", "2026-", "2026-9", "0000-0", "2026-1;", "9999-99999999", "²⁰²⁶-1"])
def test_intake_with_an_unreadable_slip_is_an_ordinary_one(desk, key):
    assert desk.get("/ho-so/moi/", {"slip": key}).status_code == 200

    assert the_case(desk.post("/ho-so/moi/", a_walk_in(CODE, slip=key))).accepted_at.date() == FRIDAY.date()


def test_intake_from_the_slip_of_a_neighbour_begins_empty(desk, browse_as):
    the_slip(numbered(desk, GUIDANCE, bare()))
    neighbour = browse_as("mai.lt")

    assert neighbour.get("/phieu/2026/1/").status_code == 404
    assert neighbour.get("/phieu/2026/1/phieu.pdf").status_code == 404
    assert "Lê Thị Hương" not in neighbour.get("/ho-so/moi/?slip=2026-1").content.decode()
    assert "Lê Thị Hương" not in neighbour.get("/phieu/").content.decode()
