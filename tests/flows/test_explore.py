import pytest
pytestmark = pytest.mark.django_db
def test_x(at, works):
    at("2026-11-16 08:05")
    ha = works("ha.lt")
    print(ha.page.url, ha.words)
    ha.begins()
    for f in ha.page.forms: print(f.action, f.method, f.labels, [b.words for b in f.buttons])
    print(ha.words)
    case = ha.registers()
    print(ha.page.url, ha.words)
    ha.opens(f"/ho-so/{case.code}/")
    print(ha.words); print(ha.history)
