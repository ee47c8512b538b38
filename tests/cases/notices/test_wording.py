import pytest

from cases.choices import CitizenNotice
from cases.notices.wording import LETTERS, SMS_TEXTS, SUBJECTS, TEMPLATES, fitting, plain

LONGEST = {
    "code": "H56.99.166.36-261120-9999",
    "time": "09:42 20/11",
    "due": "17:00 25/11",
    "url": "motcua.thanhhoa.gov.vn/tra-cuu",
    "place": "Cơ sở 2 – Định Thành, Phường Nguyệt Viên và các thôn lân cận thuộc xã cũ",
    "hotline": "02373900900",
}


@pytest.mark.parametrize("template", SMS_TEXTS)
def test_text_messages_with_the_longest_parameters_stay_one_message(template):
    params = fitting(template, LONGEST)
    text = SMS_TEXTS[template].format(**params)

    assert len(text) <= 160
    assert text.isascii()


def test_place_is_cut_only_as_far_as_needed():
    short = fitting("result_ready.1", LONGEST | {"place": "Trụ sở xã, Xã Định Hòa"})
    long = fitting("result_ready.1", LONGEST)

    assert short["place"] == "Tru so xa, Xa Dinh Hoa"
    assert long["place"] == "Co so 2 - Dinh Thanh, Phuong Nguyet Vien va cac thon la"


def test_parameters_that_a_template_does_not_use_are_not_sent():
    assert set(fitting("handed_over.1", LONGEST)) == {"code", "time", "hotline"}


def test_plain_letters_keep_capitals():
    assert plain("Xã Định Hòa, Đông Tiến") == "Xa Dinh Hoa, Dong Tien"


@pytest.mark.parametrize("kind", CitizenNotice)
def test_every_kind_has_its_wording_on_every_way(kind):
    template = TEMPLATES[kind]
    words = LONGEST | {"url": "https://motcua.thanhhoa.gov.vn/tra-cuu/t/abc/"}

    assert template in SMS_TEXTS
    assert LONGEST["code"] in str(SUBJECTS[template]) % words
    assert "%" not in str(LETTERS[template]) % words
