import pytest
from django.template import Context, Template
from django.utils import translation

WORDS = [
    ('{% translate "Đóng" %}', "Đóng", "Close"),
    ('{% translate "Hồ sơ" context "danh sách" %}', "Hồ sơ", "Cases"),
    ("{% translate words %}", "Đóng", "Close"),
    ('{% translate "Đóng" as said %}({{ said }})', "(Đóng)", "(Close)"),
]


def said(template, language, **context):
    with translation.override(language):
        return template.render(Context(context))


@pytest.mark.parametrize(("source", "vietnamese", "english"), WORDS)
def test_words_are_those_of_the_language_of_each_page(source, vietnamese, english):
    template = Template(source)

    found = [said(template, language, words="Đóng") for language in ("vi", "en", "vi", "en")]

    assert found == [vietnamese, english, vietnamese, english]


def test_words_of_the_page_are_looked_up_each_time():
    template = Template("{% translate words %}")

    assert [said(template, "en", words=words) for words in ("Đóng", "Đăng xuất")] == ["Close", "Sign out"]


def test_words_with_a_filter_are_looked_up_each_time():
    template = Template('{% translate "Đóng"|add:more %}')

    assert [said(template, "vi", more=more) for more in ("1", "2")] == ["Đóng1", "Đóng2"]


def test_context_that_the_page_gives_is_asked_each_time():
    template = Template('{% translate "Hồ sơ" context where %}')

    assert said(template, "en", where="danh sách") == "Cases"
    assert said(template, "en", where="no such place") == "Hồ sơ"


@pytest.mark.parametrize(
    ("source", "context", "expected"),
    [
        ("{% url 'cases:queue' %}", {}, "/ho-so/"),
        ("{% url name %}", {"name": "cases:intake"}, "/ho-so/moi/"),
        ("{% url 'cases:case' code %}", {"code": "A-1"}, "/ho-so/A-1/"),
        ("{% url 'cases:case' code=code %}", {"code": "A-1"}, "/ho-so/A-1/"),
        ("{% url 'cases:queue' as there %}[{{ there }}]", {}, "[/ho-so/]"),
    ],
)
def test_addresses(source, context, expected):
    template = Template(source)

    assert [said(template, "vi", **context) for _again in range(2)] == [expected] * 2


def test_address_of_another_case_is_another():
    template = Template("{% url 'cases:case' code %}")

    assert [said(template, "vi", code=code) for code in ("A-1", "A-2")] == ["/ho-so/A-1/", "/ho-so/A-2/"]
