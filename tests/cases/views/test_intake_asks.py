"""What reception asks beside the people: which papers the office holds, and what the catalogue asks for."""

import pytest

from cases.documents.receipt_data import snapshot_of
from tests.cases.documents.test_receipt import words_of
from tests.cases.views import test_intake as reception
from tests.cases.views.test_intake import PAGE, a_walk_in, messages_at, the_case

pytestmark = pytest.mark.django_db
on_friday = reception.on_friday
desk = reception.desk


def test_intake_of_a_paper_that_the_office_holds_asks_for_the_others_only(desk):
    sent = {name: value for name, value in a_walk_in("1.004873").items() if not name.startswith("paper-")}

    refused = desk.post(PAGE, sent | {"paper-01-held": "on"})
    case = the_case(desk.post(PAGE, sent | {"paper-01-held": "on", "paper-05-held": "on", "paper-07": "on"}))

    assert set(messages_at(refused)) == {"paper-07"}
    assert 'name="paper-01-held"' in refused.content.decode()
    held = "Khai thác từ cơ sở dữ liệu, không thu"
    assert [(paper.kind, paper.note) for paper in case.papers.all()] == [
        ("data", held),
        ("data", held),
        ("presented", "Đã xem, không thu"),
    ]


def test_intake_asks_what_the_procedure_asks_and_writes_it_where_it_is_read(desk):
    screen = desk.get(f"{PAGE}?procedure=1.004873").content.decode()
    case = the_case(desk.post(PAGE, a_walk_in("1.004873", purpose="Vay vốn ngân hàng")))
    said = "Mục đích sử dụng giấy: Vay vốn ngân hàng"

    assert '<label for="id_purpose">Mục đích sử dụng giấy' in screen
    assert (case.summary, snapshot_of(case.documents.get())["asks_for"]) == (said, said)
    assert said in desk.get(f"/ho-so/{case.code}/").content.decode()
    assert said in words_of(desk.get(f"/ho-so/{case.code}/giay-tiep-nhan.pdf").content)


def test_intake_where_nothing_is_asked_or_said_goes_on_without_it(desk):
    silent = the_case(desk.post(PAGE, a_walk_in("1.004873")))
    other = the_case(desk.post(PAGE, a_walk_in("1.001193", purpose="Vay vốn")))

    assert 'id="id_purpose"' not in desk.get(f"{PAGE}?procedure=1.001193").content.decode()
    for case in (silent, other):
        assert case.asks_for == ""
        assert "asks_for" not in snapshot_of(case.documents.get())
