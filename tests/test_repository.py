"""The literal content of the repository: what a reviewer would otherwise have to see each time."""

import pytest

from tests.checks import pages, rooms, style, wording
from tests.checks.tree import APPS, ROOT, python_files, templates, text_files

EVERYWHERE = (".", *APPS, "docs", "locale", "requirements", "static", "templates", "tests")
# Vietnamese that happens to need no mark.
PLAIN_MSGIDS = frozenset(
    {"CN", "Photo", "Sao", "Sinh con", "Trang", "Trang sau", "Xem", "nam", "sang", "sinh", "trang"}
)
SPEAKS_WITHOUT_GETTEXT = {
    "templates/500.html": "the page of last resort: what renders it may be what failed",
}
READS_THE_CLOCK = {
    "config/runner/options.py": "the machine's own clock, from which `up --clock` is counted",
}


def modules(*folders):
    return list(python_files(*(folders or APPS)))


def findings(check, sources, **more):
    return [found for path, text in sources for found in check(path, text, **more)]


def test_modules_are_at_most_400_lines_long():
    assert findings(style.too_long, modules(*APPS, "tests")) == []


def test_sources_are_in_unicode_nfc():
    assert findings(style.not_nfc, text_files(*EVERYWHERE)) == []


def test_sources_hold_no_unfinished_words():
    files = text_files(".", *APPS, "static/css", "static/js", "templates", "tests")
    assert findings(style.unfinished, files) == []


def test_tests_are_neither_skipped_nor_empty():
    assert findings(style.left_out_tests, modules("tests")) == []


def test_errors_are_never_swallowed():
    assert findings(style.swallowed_errors, modules()) == []


def test_nothing_is_left_on_a_connection():
    assert findings(style.left_on_a_connection, modules()) == []


def test_modules_are_named_after_their_topic():
    assert [found for path, _text in modules() for found in style.nameless_topics(path)] == []


def test_own_modules_are_imported_at_the_top():
    assert findings(style.late_imports, modules()) == []


def test_top_level_names_are_those_of_the_plan():
    assert style.outside_the_plan(path.name for path in ROOT.iterdir() if path.name != "__pycache__") == []


def test_locks_and_configuration_name_no_address():
    files = [
        (path, text)
        for path, text in text_files("requirements", ".")
        if path.endswith((".lock", ".in", ".toml", ".txt", ".cfg", ".ini"))
    ]
    assert findings(style.network_addresses, files) == []


def test_only_the_writing_rooms_write():
    assert findings(rooms.stray_writes, modules()) == []


def test_pages_reach_cases_only_through_the_doors():
    models = rooms.models_of(python_files("cases/models"))
    assert {"Case", "Draft", "OfficerNotice", "CaseParty"} <= models
    assert findings(rooms.unguarded_cases, modules("cases"), models=models) == []


def test_the_clock_is_read_at_entry_points_only():
    sources = [(path, text) for path, text in modules() if path not in READS_THE_CLOCK]
    assert findings(rooms.stray_clocks, sources) == []


def test_rules_know_neither_database_nor_request():
    rules = rooms.rules_of((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    sources = [(path, (ROOT / path).read_text(encoding="utf-8")) for path in rules]
    assert len(rules) >= 14
    assert findings(rooms.impurities, sources) == []


def test_msgids_in_python_are_vietnamese():
    assert findings(wording.foreign_msgids, modules(), plain=PLAIN_MSGIDS) == []


def test_msgids_in_templates_are_vietnamese():
    assert findings(wording.foreign_template_msgids, templates(), plain=PLAIN_MSGIDS) == []


def test_words_in_python_pass_through_gettext():
    assert findings(wording.untranslated_words, modules()) == []


def test_words_in_templates_pass_through_gettext():
    sources = [(path, text) for path, text in templates() if path not in SPEAKS_WITHOUT_GETTEXT]
    assert findings(wording.untranslated_template_words, sources) == []


def test_templates_hold_no_inline_script_or_style():
    assert findings(pages.inline_code, templates()) == []


def test_templates_escape_what_they_print():
    assert findings(pages.raw_output, templates()) == []
    # One module declares text to be safe, after escaping it: tests/staff/test_markup.py.
    sources = [(path, text) for path, text in modules() if path != "staff/markup.py"]
    assert findings(pages.raw_output_in_python, sources) == []


def test_templates_load_nothing():
    assert findings(pages.loads, templates()) == []


def test_templates_link_nothing_on_other_machines():
    assert findings(pages.foreign_links, templates()) == []


@pytest.mark.parametrize("check", [pages.unused_templates, pages.missing_templates])
def test_templates_are_exactly_those_that_are_named(check):
    names = {path.removeprefix("templates/") for path, _text in templates()}
    assert check(names, [*modules(), *templates()]) == []


def test_vendored_files_are_as_they_were_published():
    folder = ROOT / "static" / "vendor"
    table = (folder / "VENDOR.md").read_text(encoding="utf-8")
    assert pages.changed_vendor_files(table, folder) == []
