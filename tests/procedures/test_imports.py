"""Loading the catalogue files."""

import json
import shutil
import unicodedata
from datetime import date

import pytest

from procedures.catalogue_files import DATA, national_code, read_catalogue
from procedures.errors import ProcedureError
from procedures.imports import load_catalogue
from procedures.models import CatalogueRevision, ExemptionRule, Procedure, ProcedureVersion
from procedures.queries import version_in_force

JUSTICE = "catalogue/01_justice.json"
MARITAL_STATUS = "1.004873"


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files that a test may change."""
    return shutil.copytree(DATA, tmp_path / "data")


def rewrite(folder, name, change):
    path = folder / name
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def rewrite_procedure(folder, code, change, *, name=JUSTICE):
    def change_one(content):
        change(next(entry for entry in content["procedures"] if entry["code"] == code))

    rewrite(folder, name, change_one)


def refusal(folder):
    with pytest.raises(ProcedureError) as error:
        load_catalogue(folder)
    return error.value.code


@pytest.mark.parametrize(
    ("written", "code", "restored"),
    [
        ("2.000720", "2.000720", False),
        ("2.00072", "2.000720", True),
        ("2.0024", "2.002400", True),
        ("1.01259", "1.012590", True),
        (" 1.004873 ", "1.004873", False),
    ],
)
def test_national_code_with_lost_zeros_is_padded_with_a_flag(written, code, restored):
    assert national_code(written) == (code, restored)


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        (2.00072, "code_not_text"),
        (1004873, "code_not_text"),
        ("1004873", "code_malformed"),
        ("1.0048731", "code_malformed"),
        ("", "code_malformed"),
    ],
)
def test_national_code_of_other_form_refused(written, refused):
    with pytest.raises(ProcedureError) as error:
        national_code(written)

    assert error.value.code == refused


def test_data_files_hold_normal_text_with_codes_as_text():
    for path in DATA.rglob("*.json"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8")), path.name

    assert read_catalogue().restored_codes == []


@pytest.mark.django_db
def test_load_catalogue_holds_every_code_once_with_one_open_version():
    codes = list(Procedure.objects.values_list("code", flat=True))
    open_versions = list(
        ProcedureVersion.objects.in_force(date(2026, 11, 20)).values_list("procedure__code", flat=True)  # Fri
    )

    assert len(codes) == 253
    assert sorted(codes) == sorted(read_catalogue().procedures) == sorted(open_versions)


@pytest.mark.django_db
def test_load_catalogue_again_changes_nothing():
    before = CatalogueRevision.objects.current_number()

    report = load_catalogue()

    assert (report.changed, report.published, report.closed) == (False, [], [])
    assert CatalogueRevision.objects.current_number() == before


def everybody_brings(code):
    """A change of the file: the paper with this number is no longer for some people only."""
    return lambda entry: entry["papers"][code - 1].pop("only_for_some")


@pytest.mark.django_db
def test_load_catalogue_refuses_another_mark_of_a_published_paper(folder):
    rewrite_procedure(folder, MARITAL_STATUS, everybody_brings(5))

    assert refusal(folder) == "version_date_not_later"


@pytest.mark.django_db
def test_load_catalogue_publishes_another_mark_with_a_later_first_day(folder):
    rewrite_procedure(folder, MARITAL_STATUS, everybody_brings(5))
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(valid_from="2026-12-01"))
    load_catalogue(folder)
    old, new = ProcedureVersion.objects.filter(procedure__code=MARITAL_STATUS).order_by("valid_from")

    marked = [{row.code for row in version.papers.all() if row.only_for_some} for version in (old, new)]
    assert marked == [{"04", "05", "06"}, {"04", "06"}]


@pytest.mark.django_db
def test_load_catalogue_takes_over_what_reception_asks(folder):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(asks="Dùng vào việc gì"))

    load_catalogue(folder)

    assert Procedure.objects.get(code=MARITAL_STATUS).asks == "Dùng vào việc gì"


@pytest.mark.django_db
def test_load_catalogue_with_new_decision_publishes_a_version_beside_the_old(folder):
    def shorten(entry):
        entry.update(limit="2wd S", decision="Quyết định số 1/QĐ-BTP", valid_from="2026-12-01")

    rewrite_procedure(folder, MARITAL_STATUS, shorten)
    before = CatalogueRevision.objects.current_number()
    old = ProcedureVersion.objects.get(procedure__code=MARITAL_STATUS)

    report = load_catalogue(folder)

    new = ProcedureVersion.objects.get(procedure__code=MARITAL_STATUS, valid_from=date(2026, 12, 1))  # Tue
    old.refresh_from_db()
    assert (report.published, report.closed) == ([MARITAL_STATUS], [MARITAL_STATUS])
    assert CatalogueRevision.objects.current_number() == before + 1
    assert (old.valid_to, new.valid_to, new.decision_number) == (
        date(2026, 11, 30),
        None,
        "Quyết định số 1/QĐ-BTP",
    )
    assert {row.amount for row in old.terms.all()} == {3}
    assert {row.amount for row in new.terms.all()} == {2}
    assert version_in_force(new.procedure, date(2026, 11, 30)) == old  # Mon
    assert version_in_force(new.procedure, date(2026, 12, 1)) == new  # Tue
    assert load_catalogue(folder).changed is False


@pytest.mark.django_db
def test_load_catalogue_of_older_files_leaves_the_newer_version(folder):
    rewrite_procedure(
        folder, MARITAL_STATUS, lambda entry: entry.update(limit="2wd S", valid_from="2026-12-01")
    )
    load_catalogue(folder)
    rewrite_procedure(
        folder, MARITAL_STATUS, lambda entry: entry.update(limit="9wd S", valid_from="2026-01-01")
    )

    assert load_catalogue(folder).published == []


@pytest.mark.django_db
def test_load_catalogue_changed_without_later_day_refused(folder):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(limit="2wd S"))

    assert refusal(folder) == "version_date_not_later"
    assert ProcedureVersion.objects.filter(procedure__code=MARITAL_STATUS).count() == 1


@pytest.mark.django_db
def test_load_catalogue_with_renamed_keywords_keeps_the_version(folder):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(keywords="giấy độc thân"))

    report = load_catalogue(folder)

    assert (report.rows_written, report.published) == (1, [])
    assert Procedure.objects.get(code=MARITAL_STATUS).keywords == "giấy độc thân"


@pytest.mark.django_db
def test_load_catalogue_with_lost_zero_flags_the_code_as_uncertain(folder):
    def lose_zero(content):
        content["procedures"].append(
            {"code": "9.00072", "name": "Thử", "field": "civil_status", "terms": False}
        )

    rewrite(folder, JUSTICE, lose_zero)

    report = load_catalogue(folder)

    assert report.restored_codes == ["9.000720"]
    assert Procedure.objects.get(code="9.000720").certainty == "U"


@pytest.mark.django_db
def test_load_catalogue_with_decomposed_text_is_the_same_catalogue(folder):
    path = folder / JUSTICE
    path.write_text(unicodedata.normalize("NFD", path.read_text(encoding="utf-8")), encoding="utf-8")

    assert load_catalogue(folder).changed is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"code": "1.001193"}, "code_twice"),
        ({"code": 1.004873}, "code_not_text"),
        ({"limit": "3 ngày"}, "limit_unknown"),
        ({"limit": "3wd X"}, "limit_unknown"),
        ({"field": "khác"}, "field_unknown"),
        ({"laws": ["1/2030"]}, "law_unknown"),
        ({"channels": ["kiosk"]}, "channel_unknown"),
        ({"fees": [{"charge": "khác", "amount": 1, "mark": "S"}]}, "charge_unknown"),
        ({"papers": [{"kind": "khác", "name": "Đơn"}]}, "paper_kind_unknown"),
        ({"papers": [{"kind": "paper", "name": "Đơn", "situation": "khác"}]}, "situation_unknown"),
        ({"supersedes": ["9.999999"]}, "superseded_code_unknown"),
    ],
)
def test_load_catalogue_with_unknown_value_refused(folder, change, refused):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(change))

    assert refusal(folder) == refused


@pytest.mark.django_db
def test_load_catalogue_with_changed_exemption_refused(folder):
    rewrite(folder, "exemptions.json", lambda rules: rules[0].update(categories=["elderly"]))

    assert refusal(folder) == "rule_is_final"


@pytest.mark.django_db
def test_load_catalogue_with_last_day_of_exemption_closes_the_rule(folder):
    def end(rules):
        next(rule for rule in rules if rule["code"] == "nq12_2025_online")["valid_to"] = "2027-12-31"

    rewrite(folder, "exemptions.json", end)

    load_catalogue(folder)

    assert ExemptionRule.objects.get(code="nq12_2025_online").valid_to == date(2027, 12, 31)  # Fri


@pytest.mark.django_db
def test_load_catalogue_replaced_codes_point_at_their_successor():
    replaced = Procedure.objects.filter(superseded_by__isnull=False)

    assert set(replaced.values_list("code", "superseded_by__code", "is_listed")) == {
        ("2.002621", "3.000722", False),
        ("2.002622", "2.002913", False),
        ("1.011606", "1.116214", False),
    }


@pytest.mark.django_db
def test_load_catalogue_police_procedures_are_shown_but_not_registrable():
    police = {"1.004222", "1.004194", "1.010038", "1.010041"}

    assert set(Procedure.objects.filter(external_system=True).values_list("code", flat=True)) == police
    assert set(Procedure.objects.listed().filter(code__in=police).values_list("code", flat=True)) == police
    assert not Procedure.objects.registrable().filter(code__in=police).exists()


@pytest.mark.django_db
def test_marriages_alone_have_two_principals():
    two = Procedure.objects.filter(principals=2).values_list("code", flat=True)

    assert set(two) == {"1.000894", "1.004746", "2.000806", "2.000513", "1.000593"}


@pytest.mark.django_db
def test_load_catalogue_with_another_number_of_principals_publishes_nothing(folder):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(principals=2))

    report = load_catalogue(folder)

    assert (report.rows_written, report.published) == (1, [])
    assert Procedure.objects.get(code=MARITAL_STATUS).principals == 2


@pytest.mark.parametrize("number", [0, 3, "2", None])
def test_load_catalogue_refuses_a_number_of_principals_that_no_form_asks_for(folder, number):
    rewrite_procedure(folder, MARITAL_STATUS, lambda entry: entry.update(principals=number))

    with pytest.raises(ProcedureError) as error:
        read_catalogue(folder)
    assert error.value.code == "principals_unknown"
