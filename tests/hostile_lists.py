"""The forms of lists, of places and of an officer's own account, and those for agencies elsewhere."""

from cases.actions import (
    Elsewhere,
    PaperTaken,
    approve_result,
    forward_case,
    register_at_agency,
    register_elsewhere,
    send_to_agency,
    submit_result,
)
from cases.choices import OutboxChannel, OutboxStatus, State
from cases.models import Case, ForeignReception, OutboxMessage
from staff.models import Agency, Commune, Officer
from tests.cases.conftest import an_intake
from tests.hostile_screens import DRAFTED, Screen, a_colleague
from tests.morning import HAC_THANH, MORNING, MUONG_LAT

PASSWORD = "a long password for tests"
SECRETS = {"current": PASSWORD, "new": "một câu dài chỉ mình nhớ", "repeated": "một câu dài chỉ mình nhớ"}
CONDITIONS = dict.fromkeys(
    ("view", "size", "order", "field", "state", "holder", "channel", "point", "case"), "asked"
)
PICKED = {"holder": "picked", "state": "picked"}
TICKED = {"code": "picked"}
PAPER = (PaperTaken("Tờ khai", "paper", originals=1),)


def _asked(page, finder, kind, username=None, **more):
    return Screen(lambda day: page.format(**day.values), finder, username, done=200, kinds=kind, **more)


def _first_password(_day, _case_at):
    officer = Officer.objects.get(username="ha.lt")
    officer.set_password(PASSWORD)
    officer.must_change_password = False
    officer.save()


def _for_an_agency(day, _case_at):
    """A case that the department of justice decides."""
    clerk = day.people["ha.lt"]
    agency = Agency.objects.get(slug="so-tu-phap")
    register_at_agency(an_intake(clerk, papers=PAPER), agency.pk, by=clerk, at=MORNING)


def _sent_to_the_agency(day, case_at):
    _for_an_agency(day, case_at)
    code = Case.objects.get(competent_agency__isnull=False).code
    send_to_agency(code, by=day.people["ha.lt"], at=MORNING, version=1)


def _for_a_commune(day, _case_at):
    """A case received for another commune, whose paper is still here."""
    clerk, there = day.people["ha.lt"], Commune.objects.get(gso_code=HAC_THANH)
    register_elsewhere(an_intake(clerk, papers=PAPER), Elsewhere(there.pk), by=clerk, at=MORNING)


def _resolved_elsewhere(day, _case_at):
    """A case received for another commune, where the result is signed."""
    clerk, there = day.people["ha.lt"], Commune.objects.get(gso_code=MUONG_LAT)
    row = register_elsewhere(an_intake(clerk, papers=PAPER), Elsewhere(there.pk), by=clerk, at=MORNING)
    steps = [
        (forward_case, "mai.lt", {"holder_id": day.people["thiem.vv"].officer_id}),
        (submit_result, "thiem.vv", {"granted": True, "body": "Xác nhận"}),
        (approve_result, "buong.lv", {"number": "7/XN-UBND"}),
    ]
    case = Case.objects.get(code=row.case_code)
    for move, name, more in steps:
        case = move(case.code, by=day.people[name], at=MORNING, version=case.version, **more)


def _given_up(_day, _case_at):
    """What another system did not take."""
    OutboxMessage.objects.filter(channel=OutboxChannel.WEBHOOK).update(status=OutboxStatus.DEAD)


def _returned_here(_day):
    return f"/ho-so/noi-khac/{ForeignReception.objects.get(state=State.RESOLVED).case_code}/"


def _of_the_agency(place):
    return lambda _day: f"/ho-so/{Case.objects.get(competent_agency__isnull=False).code}/{place}"


def _ticked(day):
    """The draft that the leader ticked, as the page names it."""
    case = Case.objects.get(code=day.codes[DRAFTED])
    return {"case": f"{case.code},{case.version}"}


LISTS = {
    "send to the agency": Screen(_of_the_agency("buoc/send_to_agency/"), "version", prepare=_for_an_agency),
    "result of the agency": Screen(
        _of_the_agency("buoc/agency_result/"),
        "version",
        good={"number": "5/STP", "signed_on": "20/11/2026", "signer": "Nguyễn Văn Bình", "body": "Cấp phiếu"},
        kinds={"number": "words", "signer": "words"},
        prepare=_sent_to_the_agency,
    ),
    "queue": _asked("/ho-so/", "point", CONDITIONS, "ha.lt"),
    "batch": Screen(lambda _day: "/ho-so/", "holder_id", "ha.lt", kinds=PICKED),
    "queue to claim": Screen(lambda _day: "/ho-so/", "case", "duc.hm", kinds=PICKED),
    "queue to sign": Screen(lambda _day: "/ho-so/", "case", "thanh.nt", kinds=PICKED, done=200),
    "find": Screen(lambda _day: "/ho-so/", "q", good={"q": "Khuê"}, done=200),
    "till": _asked("/thu-tien/hom-nay/", "code", {"code": "asked"}, "ha.lt"),
    "day of the till": _asked("/thu-tien/hom-nay/", "day", {}, "ha.lt"),
    "commune's till": _asked("/thu-tien/ca-xa/", "day", {}, "long.td"),
    "foreign row": Screen(_returned_here, "collector", prepare=_resolved_elsewhere),
    "papers for communes": Screen(
        lambda _day: "/ho-so/noi-khac/", "code", kinds=TICKED, prepare=_for_a_commune
    ),
    "papers for agencies": Screen(
        lambda _day: "/ho-so/co-quan/", "code", kinds=TICKED, prepare=_for_an_agency
    ),
    "drafts to sign": Screen(lambda _day: "/ky-duyet/", "case", "thanh.nt", kinds=PICKED, done=200),
    "sign": Screen(
        lambda _day: "/ky-duyet/nhieu/", "confirmed", "thanh.nt", good={"*-number": "8/XN"}, opening=_ticked
    ),
    "home": _asked("/", "q", {"q": "asked words"}),
    "communes": _asked("/xa/", "q", {"q": "asked words"}),
    "situation": _asked("/thu-tuc/1.001193/", "situation", {"situation": "asked"}),
    "tracking": Screen(
        lambda _day: "/tra-cuu/",
        "digits",
        None,
        done=200,
        kinds={"code": "form"},
        said_at={"code": "digits"},
    ),
    "tracking by token": _asked("/tra-cuu/t/{token}/", "digits", {}),
    "sign-in": Screen(
        lambda _day: "/dang-nhap/",
        "password",
        None,
        good={"username": "ha.lt", "password": PASSWORD},
        prepare=_first_password,
    ),
    "password": Screen(
        lambda _day: "/mat-khau/",
        "repeated",
        good=SECRETS,
        said_at={"new": "repeated"},
        prepare=_first_password,
    ),
    "place of work": Screen(lambda _day: "/noi-lam-viec/", "membership", prepare=a_colleague),
    "key of the interface": Screen(
        lambda _day: "/tai-khoan/khoa-api/",
        "days",
        good={"name": "Kho dữ liệu", "password": PASSWORD},
        kinds={"password": "new secret"},
        done=200,
        prepare=_first_password,
    ),
    "pause a receiver": Screen(lambda _day: "/tai-khoan/noi-nhan-tin/", "active"),
    "tell a receiver again": Screen(lambda _day: "/tai-khoan/noi-nhan-tin/", "event", prepare=_given_up),
    "shortcuts": Screen(lambda _day: "/tai-khoan/", "letter_shortcuts"),
}
