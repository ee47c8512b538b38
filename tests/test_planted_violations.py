"""The checks of the house turn red: each is fed a violation that somebody might write on a tired evening."""

import shutil
import subprocess
import sys

import pytest

from tests.checks import pages, rooms, style, wording
from tests.checks.tree import APPS, ROOT, python_files

LINT = "from importlinter.cli import lint_imports_command as run; run()"
TILL_VIEW = "cases/views/payments.py"
FEES = "procedures/fees.py"
SIGN_IN = "templates/staff/sign_in.html"


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def planted(path, old, new):
    text = text_of(path)
    assert old in text
    return text.replace(old, new, 1)


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory):
    house = tmp_path_factory.mktemp("house")
    for app in APPS:
        shutil.copytree(ROOT / app, house / app, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", house)
    return house


def lint(house):
    command = [sys.executable, "-c", LINT, "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


def test_import_contracts_of_the_untouched_copy_are_kept(copy_of_the_house):
    answer = lint(copy_of_the_house)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("path", "line", "broken"),
    [
        ("staff/text.py", "import procedures.fees", "Apps depend downwards only BROKEN"),
        ("procedures/queries.py", "from cases.models import Case", "Apps depend downwards only BROKEN"),
        ("cases/models/case.py", "import cases.actions", "Inside cases: entry points > writes"),
        ("cases/workflow.py", "import rest_framework", "Rules stay pure BROKEN"),
        ("config/bootstrap.py", "import django", "The first start needs nothing but Python BROKEN"),
    ],
)
def test_import_contracts_with_a_planted_import_break(copy_of_the_house, path, line, broken):
    module = copy_of_the_house / path
    before = module.read_text(encoding="utf-8")
    module.write_text(f"{before}\n{line}\n", encoding="utf-8")

    answer = lint(copy_of_the_house)

    module.write_text(before, encoding="utf-8")
    assert answer.returncode == 1
    assert broken in answer.stdout


@pytest.mark.parametrize(
    "line",
    [
        "AMOUNTS = FeeItem.objects.filter(kind='fee')",
        "from procedures.models import FeeItem",
        "from django.db import connection",
        "def quote_of(request): return request.GET",
        "with transaction.atomic(): pass",
        "def codes(rows): return rows.select_related('version')",
    ],
)
def test_a_query_in_a_rule_is_found(line):
    text = text_of(FEES)
    last = len(text.splitlines())

    found = rooms.impurities(FEES, f"{text}\n\n{line}\n")

    assert rooms.impurities(FEES, text) == []
    assert {one.split(":")[1] for one in found} == {str(last + 3)}


@pytest.mark.parametrize(
    "new",
    [
        "Case.objects.all()",
        "Case.objects.filter(commune_id=actor.commune_id)",
        "Case._base_manager.at_till_of(actor)",
    ],
)
def test_a_view_past_the_doors_is_found(new):
    models = rooms.models_of(python_files("cases/models"))
    text = planted(TILL_VIEW, "Case.objects.at_till_of(actor)", new)

    found = rooms.unguarded_cases(TILL_VIEW, text, models=models)

    assert rooms.unguarded_cases(TILL_VIEW, text_of(TILL_VIEW), models=models) == []
    assert len(found) == 1


def test_a_view_that_reaches_other_rows_of_cases_is_found():
    models = rooms.models_of(python_files("cases/models"))
    text = """def notices(request):
    return OfficerNotice.objects.all(), CaseParty.objects.first(), get_object_or_404(Case, code=request.path)
"""

    assert len(rooms.unguarded_cases("cases/views/notices.py", text, models=models)) == 3


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (wording.foreign_msgids, '_("Please enter your name.")'),
        (wording.foreign_msgids, 'gettext_lazy("Received")'),
        (wording.foreign_msgids, 'ngettext("%(n)s case", "%(n)s cases", n)'),
        (wording.untranslated_words, 'forms.CharField(label="Full name")'),
        (wording.untranslated_words, 'forms.CharField(error_messages={"required": "This is required."})'),
        (wording.untranslated_words, 'raise ValidationError("Wrong number")'),
        (wording.untranslated_words, 'raise CaseError("refused", f"Not {now}")'),
        (wording.untranslated_words, 'raise OfficeError("refused", "Không được")'),
    ],
)
def test_an_english_or_untranslated_message_in_python_is_found(check, text):
    assert len(check("cases/forms/fields.py", text)) >= 1


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (wording.foreign_template_msgids, '{% translate "Sign in" %}'),
        (wording.foreign_template_msgids, "{% translate 'Sign in' %}"),
        (
            wording.foreign_template_msgids,
            "{% blocktranslate with n=n %}{{ n }} cases found{% endblocktranslate %}",
        ),
        (wording.foreign_template_msgids, '{{ name|default:_("Nobody yet") }}'),
        (wording.untranslated_template_words, "<p>Please wait.</p>"),
        (wording.untranslated_template_words, "<p>Ông bà chờ một chút.</p>"),
        (wording.untranslated_template_words, '<input placeholder="Case code">'),
        (wording.untranslated_template_words, '<button aria-label="Close">×</button>'),
        (wording.untranslated_template_words, "<p>{% if late %}overdue{% endif %}</p>"),
        (wording.untranslated_template_words, '{% include "a.html" with text="Chưa có hồ sơ" only %}'),
        (wording.untranslated_template_words, '{{ name|default:"Nobody yet" }}'),
        (wording.untranslated_template_words, '<p lang="vi">Nothing found</p>'),
    ],
)
def test_an_english_or_untranslated_message_on_a_page_is_found(check, line):
    text = planted(SIGN_IN, "{% endblock %}", f"{{% endblock %}}{line}")

    assert check(SIGN_IN, text_of(SIGN_IN)) == []
    assert len(check(SIGN_IN, text)) == 1


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (style.too_long, "cases/queries.py", "a = 1\n" * 401),
        (style.not_nfc, "cases/choices.py", '"Hu\u031bng"'),
        (style.unfinished, "cases/choices.py", "# TO" + "DO: later"),
        (style.left_out_tests, "tests/cases/test_clock.py", "@pytest.mark.ski" + "p\ndef test_due(): ..."),
        (
            style.network_addresses,
            "requirements/run.lock",
            "--index-u" + "rl=https:/" + "/example.org/simple",
        ),
        (style.swallowed_errors, "cases/tasks.py", "try:\n    go()\nexcept Exception:\n    pass"),
        (style.swallowed_errors, "cases/tasks.py", "try:\n    go()\nexcept:\n    pass"),
        (style.left_on_a_connection, "cases/tasks.py", "cursor.execute('SELECT pg_try_advisory_lock(1)')"),
        (style.left_on_a_connection, "cases/tasks.py", "cursor.execute('SELECT pg_advisory_unlock(1)')"),
        (style.late_imports, "cases/tasks.py", "def drain():\n    from cases.models import Case"),
        (rooms.stray_writes, "cases/views/case.py", "case.save()"),
        (rooms.stray_writes, "cases/queries.py", "self.filter(pk=1).update(state='closed')"),
        (rooms.stray_writes, "procedures/views/home.py", "SearchMiss.objects.create(query_fold=words)"),
        (rooms.stray_clocks, "cases/actions/moves.py", "at = timezone.now()"),
        (rooms.stray_clocks, "cases/views/case.py", "at = datetime.now(tz=UTC)"),
        (rooms.stray_clocks, "cases/actions/moves.py", "at = clock.now()"),
        (rooms.stray_clocks, "cases/actions/moves.py", "from staff.clock import localdate, now"),
        (pages.inline_code, "templates/base.html", "<script>alert(1)</script>"),
        (pages.inline_code, "templates/base.html", '<p style="color: red">'),
        (pages.inline_code, "templates/base.html", '<a href="#" onclick="go()">'),
        (pages.inline_code, "templates/base.html", "<style>p{color:red}</style>"),
        (pages.raw_output, "templates/base.html", "{{ name|safe }}"),
        (pages.raw_output_in_python, "staff/views/gate.py", "mark_safe(name)"),
        (pages.loads, "templates/base.html", "{% load i18n %}"),
        (
            pages.foreign_links,
            "templates/base.html",
            '<script src="https:/' + '/example.org/htmx.js"></script>',
        ),
    ],
)
def test_a_planted_violation_is_found(check, path, text):
    assert len(check(path, text)) == 1


def test_a_name_outside_the_plan_is_found():
    assert style.outside_the_plan(["cases", "README.md", ".ci", "scripts"]) == ["scripts"]
    assert style.nameless_topics("cases/utils.py") == ["cases/utils.py"]


def test_a_template_that_nobody_shows_is_found():
    sources = [("staff/views/gate.py", 'render(request, "staff/sign_in.html")')]

    assert pages.unused_templates({"staff/sign_in.html", "staff/old.html"}, sources) == ["staff/old.html"]
    assert pages.missing_templates(set(), sources) == ["staff/views/gate.py: staff/sign_in.html"]


@pytest.mark.parametrize("content", ["changed", None])
def test_a_vendored_file_that_differs_is_found(tmp_path, content):
    table = text_of("static/vendor/VENDOR.md")
    shutil.copytree(ROOT / "static" / "vendor", tmp_path, dirs_exist_ok=True)
    [file] = tmp_path.rglob("*.min.js")

    file.unlink() if content is None else file.write_text(content)

    assert pages.changed_vendor_files(table, tmp_path) != []
