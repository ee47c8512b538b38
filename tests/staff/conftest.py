"""Officers for the tests of the office itself; the communes are those of the reference data."""

from datetime import date

import pytest

from staff.models import Commune, Membership, Officer, ReceptionPoint
from staff.rights import Role

PASSWORD = "cửa chớp xanh tường vôi vàng"
DINH_HOA = "15448"
MUONG_LAT = "14845"


@pytest.fixture
def enrol(db):
    """An officer with one membership; `post` adds further ones."""

    def enrolled(username="ha.lt", *, must_change_password=False, **membership):
        officer = Officer(username=username, full_name="Lê Thu Hà", must_change_password=must_change_password)
        officer.set_password(PASSWORD)
        officer.save()
        post(officer, **membership)
        return officer

    return enrolled


def post(officer, *, role=Role.CLERK, gso=DINH_HOA, valid_from=date(2025, 7, 1), **other):
    commune = Commune.objects.get(gso_code=gso) if gso else None
    point = ReceptionPoint.objects.filter(commune=commune, is_main=True).first()
    return Membership.objects.create(
        officer=officer, commune=commune, role=role, reception_point=point, valid_from=valid_from, **other
    )
