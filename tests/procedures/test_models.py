"""What the database itself refuses in the catalogue."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from procedures import choices, deadlines, fees
from procedures.models import (
    CatalogueRevision,
    ChannelTerms,
    FeeItem,
    LegalBasis,
    Procedure,
    ProcedureVersion,
    RequiredPaper,
    SearchMiss,
    Situation,
)

pytestmark = pytest.mark.django_db

PARTS = [Situation, ChannelTerms, RequiredPaper, FeeItem, LegalBasis]
TEXT_COLUMN = {
    Situation: "name",
    ChannelTerms: "note",
    RequiredPaper: "note",
    FeeItem: "basis",
    LegalBasis: "name",
}


def birth_version():
    return ProcedureVersion.objects.published().get(procedure__code="1.001193")


def refused(change):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    return error.value.__cause__.diag.constraint_name


def draft(**values):
    procedure = Procedure.objects.get(code="1.001193")
    values = {"valid_from": date(2030, 1, 1), "online_level": "full", "online_level_certainty": "S"} | values
    return ProcedureVersion.objects.create(procedure=procedure, name=procedure.name, digest="x", **values)


@pytest.mark.parametrize("column", ["name", "decision_number", "digest"])
def test_published_version_changed_text_refused(column):
    versions = ProcedureVersion.objects.filter(pk=birth_version().pk)

    assert refused(lambda: versions.update(**{column: "khác"})) == "procedures_published_version_is_final"


def test_published_version_deleted_refused():
    version = draft()
    ProcedureVersion.objects.filter(procedure=version.procedure, valid_to=None).exclude(pk=version.pk).update(
        valid_to=date(2029, 12, 31)
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(published_at=Now())

    assert refused(version.delete) == "procedures_published_version_is_final"


def test_published_version_withdrawn_from_publication_refused():
    versions = ProcedureVersion.objects.filter(pk=birth_version().pk)

    assert refused(lambda: versions.update(published_at=None)) == "procedures_published_version_is_final"


def test_published_version_closed_once_accepted():
    versions = ProcedureVersion.objects.filter(pk=birth_version().pk)

    versions.update(valid_to=date(2027, 2, 28))

    assert versions.get().valid_to == date(2027, 2, 28)  # a Sunday


def test_published_version_closed_twice_refused():
    versions = ProcedureVersion.objects.filter(pk=birth_version().pk)
    versions.update(valid_to=date(2027, 2, 28))

    assert refused(lambda: versions.update(valid_to=None)) == "procedures_published_version_is_final"
    assert (
        refused(lambda: versions.update(valid_to=date(2027, 3, 31)))
        == "procedures_published_version_is_final"
    )


def test_published_version_closed_with_other_change_refused():
    versions = ProcedureVersion.objects.filter(pk=birth_version().pk)

    change = {"valid_to": date(2027, 2, 28), "is_immediate": True}

    assert refused(lambda: versions.update(**change)) == "procedures_published_version_is_final"


@pytest.mark.parametrize("part", PARTS)
def test_part_of_published_version_updated_refused(part):
    rows = part.objects.filter(version__procedure__code="1.001193")

    assert rows.exists()
    assert refused(lambda: rows.update(**{TEXT_COLUMN[part]: "khác"})) == "procedures_published_part_is_final"


@pytest.mark.parametrize("part", [ChannelTerms, RequiredPaper, FeeItem, LegalBasis])
def test_part_of_published_version_deleted_refused(part):
    rows = part.objects.filter(version__procedure__code="1.001193")

    assert rows.exists()
    assert refused(rows.delete) == "procedures_published_part_is_final"


def test_part_added_to_published_version_refused():
    version = birth_version()

    def add():
        LegalBasis.objects.create(version=version, number="1/2030", name="mới")

    assert refused(add) == "procedures_published_part_is_final"


def test_part_moved_from_draft_to_published_version_refused():
    basis = LegalBasis.objects.create(version=draft(), number="1/2030", name="mới")
    rows = LegalBasis.objects.filter(pk=basis.pk)

    assert refused(lambda: rows.update(version=birth_version())) == "procedures_published_part_is_final"


def test_draft_version_changed_accepted():
    version = draft()
    LegalBasis.objects.create(version=version, number="1/2030", name="mới")

    LegalBasis.objects.filter(version=version).delete()
    version.delete()

    assert not ProcedureVersion.objects.filter(valid_from=date(2030, 1, 1)).exists()


def test_fee_with_situation_of_other_version_refused():
    version = draft()
    foreign = Situation.objects.filter(version=birth_version()).first()

    def add():
        ChannelTerms.objects.create(
            version=version, situation=foreign, channel="counter", unit="same_day", certainty="S"
        )

    assert refused(add) == "procedures_situation_of_same_version"


def test_second_open_published_version_refused():
    version = draft()
    versions = ProcedureVersion.objects.filter(pk=version.pk)

    assert refused(lambda: versions.update(published_at=Now())) == "procedures_version_one_open_per_procedure"


@pytest.mark.parametrize("code", ["1001193", "2.00072", "1.0011930", "A.001193", ""])
def test_procedure_code_not_national_form_refused(code):
    procedures = Procedure.objects.filter(code="1.001193")

    with pytest.raises(Exception, match=r"procedures_procedure_code_is_national_form|value too long"):
        procedures.update(code=code)


@pytest.mark.parametrize(
    ("unit", "amount"), [("working_day", None), ("working_day", 0), ("same_day", 1), ("none", 3)]
)
def test_terms_amount_against_unit_refused(unit, amount):
    version = draft()

    def add():
        ChannelTerms.objects.create(
            version=version, channel="counter", unit=unit, amount=amount, certainty="S"
        )

    assert refused(add) == "procedures_terms_amount_iff_counted_unit"


def test_second_revision_row_refused():
    assert (
        refused(lambda: CatalogueRevision.objects.create(pk=2, number=1)) == "procedures_revision_is_one_row"
    )


def test_search_miss_with_nine_digits_refused():
    def add():
        SearchMiss.objects.create(
            query_fold="giay cua 038 205 000018", last_at=datetime(2026, 11, 20, 9, tzinfo=UTC)
        )

    assert refused(add) == "procedures_miss_holds_no_personal_number"


@pytest.mark.parametrize(
    ("labels", "engine"),
    [
        (choices.TimeUnit, deadlines.Unit),
        (choices.FeeKind, fees.FeeKind),
        (choices.FeeAuthority, fees.Authority),
        (choices.FeeUnit, fees.FeeUnit),
    ],
)
def test_choices_values_equal_those_of_engines(labels, engine):
    assert set(labels.values) == {str(member) for member in engine}
