import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from staff.templatetags.office import other_language

pytestmark = pytest.mark.django_db
COOKIE = "motcua_language"


def language_of(response):
    text = response.content.decode()
    return text.split('<html lang="', 1)[1][:2]


def test_page_is_vietnamese_whatever_the_browser_prefers(client):
    response = client.get("/", headers={"Accept-Language": "en"})

    assert (language_of(response), response["Content-Language"]) == ("vi", "vi")
    assert COOKIE not in response.cookies


def test_page_in_english_is_remembered_in_a_cookie(client):
    first = client.get("/?lang=en")
    later = client.get("/tra-cuu/")

    assert [language_of(first), language_of(later)] == ["en", "en"]
    assert "Where is your case now?" in later.content.decode()
    assert (first.cookies[COOKIE].value, first.cookies[COOKIE]["httponly"]) == ("en", True)
    assert COOKIE not in later.cookies


def test_page_asked_for_in_vietnamese_leaves_english(client):
    client.get("/?lang=en")

    assert language_of(client.get("/?lang=vi")) == "vi"
    assert language_of(client.get("/")) == "vi"


@pytest.mark.parametrize("code", ["fr", "", "en-GB", "../en", "a" * 500])
def test_page_in_an_unknown_language_is_vietnamese(client, code):
    response = client.get("/", {"lang": code})

    assert language_of(response) == "vi"
    assert COOKIE not in response.cookies


def test_page_varies_by_cookie(client):
    assert "Cookie" in client.get("/")["Vary"]


def test_language_of_a_request_does_not_outlive_it(client):
    with translation.override("vi"):
        client.get("/?lang=en")

        assert translation.get_language() == "vi"


def test_refusal_before_the_page_speaks_the_language(client):
    response = client.get("/?lang=en&q=%00")

    assert response.status_code == 400
    assert "The request cannot be read" in response.content.decode()


def test_link_to_the_other_language_keeps_the_question():
    response = Client().get("/?q=khai+sinh")

    assert 'href="/?q=khai+sinh&amp;lang=en" lang="en" hreflang="en"' in response.content.decode()


def test_link_to_the_other_language_after_a_form_of_an_officer_leads_to_the_account():
    request = RequestFactory().post("/ho-so/tim/")
    request.actor = object()

    with translation.override("vi"):
        assert other_language(request) == {"code": "en", "name": "English", "href": "/tai-khoan/?lang=en"}


def test_link_to_the_other_language_after_a_form_of_a_citizen_stays_there():
    with translation.override("en"):
        told = other_language(RequestFactory().post("/tra-cuu/"))

    assert told == {"code": "vi", "name": "Tiếng Việt", "href": "/tra-cuu/?lang=vi"}


@pytest.mark.parametrize(
    ("language", "title"), [("vi", "Dữ liệu cá nhân của ông bà"), ("en", "Your personal data")]
)
def test_personal_data_page_names_the_law_and_the_hotline(client, language, title):
    text = client.get(f"/du-lieu-ca-nhan/?lang={language}").content.decode()

    assert f"<h1>{title}</h1>" in text
    for told in ("91/2025/QH15", "tel:+842373900900", 'href="/xa/"'):
        assert told in text
