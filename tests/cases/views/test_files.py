"""The papers of a case as files: the page, what it takes and refuses, and the one view that serves them."""

import re
from urllib.parse import quote

import pytest

from cases.choices import State
from cases.models import CaseEvent, CaseFile
from staff.models import AccessLog
from tests.cases.scans import JPEG, PDF, PNG, TIFF, a_pdf, sent, with_papers
from tests.cases.views.words import page, plain, text_of

pytestmark = pytest.mark.django_db
DISK = "Máy chủ không nhận được tệp vì hết chỗ. Tệp chưa được lưu; ông bà báo người quản trị."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED, **with_papers())


def address(case, paper=0):
    return f"{page(case)}giay-to/{case.papers.all()[paper].pk}/"


def send(client, case, *files, paper=0, **typed):
    usual = {"summary": "Tờ khai", "scope": "Toàn quốc", "kind_code": "", "valid_until": ""}
    return client.post(address(case, paper), usual | typed | {"scans": list(files)})


def at_field(response):
    found = re.search(r'<p class="err" id="id_\d+_scans_error">.*?</p>', text_of(response), re.DOTALL)
    return plain(found[0]) if found else ""


def test_papers_shows_each_paper_with_its_status(case, browse_as):
    clerk = browse_as("ha.lt")
    send(clerk, case, sent(), sent(JPEG, "trang 2.jpg"))

    shown = plain(text_of(clerk.get(f"{page(case)}giay-to/")))

    assert "1/2 giấy tờ đã số hóa" in shown
    assert "1. Tờ khai Được số hóa · 2 tệp" in shown
    assert "2. Hộ khẩu cũ Chưa số hóa" in shown
    assert "Lê Thu Hà, 9:42 20/11 · Chưa ký số" in shown or "09:42 20/11 · Chưa ký số" in shown


def test_paper_that_was_only_seen_is_nothing_to_digitise(case, browse_as):
    case.papers.filter(position=2).update(kind="presented", note="Đã xem, không thu")
    clerk = browse_as("ha.lt")

    shown, told = (plain(text_of(clerk.get(page(case) + part))) for part in ("giay-to/", ""))

    assert "0/1 giấy tờ đã số hóa" in shown
    assert "2. Hộ khẩu cũ Không phải số hóa" in shown
    assert "Hộ khẩu cũ Đã xem, không thu Không phải số hóa" in told
    assert "autofocus" in text_of(clerk.get(f"{page(case)}giay-to/")).partition("2. Hộ khẩu cũ")[0]


def test_papers_is_noted_once_an_hour(case, browse_as):
    clerk = browse_as("ha.lt")
    for _look in range(2):
        clerk.get(f"{page(case)}giay-to/")

    assert list(AccessLog.objects.values_list("case_code", "what")) == [(case.code, "papers")]


@pytest.mark.parametrize("username", ["thanh.nt", "long.td"])
def test_papers_of_who_only_reads_offers_no_form(case, browse_as, username):
    shown = text_of(browse_as(username).get(f"{page(case)}giay-to/"))

    assert "Hộ khẩu cũ" in shown
    assert 'type="file"' not in shown


# transaction (2), session, officer with memberships, scope, case, five lists, files for use again, note,
# unread notices
def test_papers_asks_a_fixed_number_of_queries(case, browse_as, django_assert_num_queries):
    clerk = browse_as("ha.lt")
    send(clerk, case, sent(), sent(JPEG, "2.jpg"))
    clerk.get(f"{page(case)}giay-to/")

    with django_assert_num_queries(13):
        clerk.get(f"{page(case)}giay-to/")


def test_case_shows_how_far_its_papers_are_digitised(case, browse_as):
    clerk = browse_as("ha.lt")
    send(clerk, case, sent())

    shown = plain(text_of(clerk.get(page(case))))

    assert "Tờ khai Được số hóa · 1 tệp" in shown
    assert "Hộ khẩu cũ Chưa số hóa" in shown
    assert "số hóa giấy tờ: 1 tệp" in shown


def test_digitise_leads_back_to_the_paper_and_says_what_was_kept(case, browse_as):
    clerk = browse_as("ha.lt")

    response = send(clerk, case, sent(), sent(PNG, "2.png"))

    paper = case.papers.all()[0]
    assert (response.status_code, response["Location"]) == (302, f"{page(case)}giay-to/#giay-to-{paper.pk}")
    assert "Đã lưu 2 tệp: Tờ khai." in plain(text_of(clerk.get(response["Location"])))
    again = send(clerk, case, sent())
    assert "Tệp này đã có ở giấy tờ này" in plain(text_of(clerk.get(again["Location"])))
    case.refresh_from_db()
    assert case.version == CaseEvent.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Ông bà chọn tệp quét của giấy tờ này."),
        ([sent(b"")], "Tệp “to-khai” không có nội dung. Ông bà quét lại."),
        ([sent(b"<html><script>alert(1)</script>", "a.pdf")], "Chỉ nhận tệp PDF, JPEG, PNG hoặc TIFF"),
        ([sent(PDF[:-7])], "Chỉ nhận tệp PDF, JPEG, PNG hoặc TIFF"),
        ([sent(a_pdf(n)) for n in range(21)], "Mỗi lần gửi nhiều nhất 20 tệp."),
    ],
)
def test_digitise_refuses_at_the_field_and_keeps_what_was_typed(case, browse_as, folder, files, said):
    for file in files:
        file.seek(0)
    response = send(browse_as("ha.lt"), case, *files, summary="Trích yếu riêng")

    assert (response.status_code, at_field(response)[: len(said)]) == (422, said)
    assert 'value="Trích yếu riêng"' in text_of(response)
    assert CaseFile.objects.count() == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_digitise_refuses_a_file_beyond_the_limit_without_keeping_it(case, browse_as, settings, folder):
    settings.FILE_MOST_BYTES = 1024 * 1024
    large = PDF[:-7] + b"0" * settings.FILE_MOST_BYTES + b"\n%%EOF\n"

    response = send(browse_as("ha.lt"), case, sent(), sent(large, "lớn.pdf"))

    assert (response.status_code, at_field(response)) == (
        422,
        "Tệp “lớn” quá lớn: mỗi tệp nhiều nhất 1 MB.",
    )
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_digitise_on_a_disk_without_room_answers_507(case, browse_as, folder):
    folder.write_bytes(b"")  # no folder can be made here, as on a disk that takes nothing more

    response = send(browse_as("ha.lt"), case, sent())

    assert (response.status_code, at_field(response)) == (507, DISK)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\hà\\Tờ khai.PDF", "Tờ khai.pdf"),
        ("a\u202egpj.exe", "agpj.pdf"),
        ("x" * 5000 + ".pdf", "x" * 100 + ".pdf"),
        ("." + "y" * 5000, "y" * 100 + ".pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("..", None),
        ('<b>"x".pdf', "_b__x_.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("💥.pdf", "💥.pdf"),
    ],
)
def test_digitise_cleans_the_name_of_a_file(case, browse_as, name, kept):
    clerk = browse_as("ha.lt")
    boundary = "grenze"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in (("summary", "Tờ khai"), ("scope", ""))
    )
    escaped = name.replace('"', "%22").replace("\r\n", " ")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="scans"; filename="{escaped}"\r\n\r\n'
    body = (parts + head).encode() + PDF + f"\r\n--{boundary}--\r\n".encode()

    response = clerk.post(address(case), body, content_type=f"multipart/form-data; boundary={boundary}")

    assert response.status_code in {302, 400, 422}
    if response.status_code == 302:
        file = CaseFile.objects.get()
        assert re.fullmatch(r"[^\x00-\x1f/\\<>\"]{1,110}\.pdf", file.name)
        served = clerk.get(f"{page(case)}tep/{file.token}/")
        assert "Set-Cookie: x" not in str(served.headers)
        assert served.content == PDF


HOSTILE = [
    "a\x00b",
    "x" * 5000,
    "\u202eabc",
    "31/02/2026",
    "-1",
    "9" * 400,
    "💥",
    "<script>",
    "=1+1",
    "\u200b",
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("name", ["summary", "valid_until", "scope", "kind_code", "follows"])
def test_digitise_with_hostile_words_answers_in_words(case, browse_as, name, typed):
    response = send(browse_as("ha.lt"), case, sent(), **{name: typed})

    assert response.status_code in {302, 422}
    assert response.status_code != 422 or "Ông bà xem lại" in text_of(response)


def test_digitise_of_a_paper_that_is_not_there_is_not_found(case, case_at, browse_as):
    other = case_at(State.REGISTERED, **with_papers())
    clerk = browse_as("ha.lt")

    for paper in (0, 10**12, other.papers.all()[0].pk):
        path = f"{page(case)}giay-to/{paper}/"
        assert clerk.post(path, {"summary": "x", "scans": [sent()]}).status_code == 404


@pytest.mark.parametrize(
    ("username", "status"), [("thanh.nt", 403), ("long.td", 403), ("mai.lt", 404), ("yen.pt", 404)]
)
def test_digitise_by_others_is_refused(case, browse_as, username, status):
    assert send(browse_as(username), case, sent()).status_code == status
    assert CaseFile.objects.count() == 0


def test_digitise_by_script_forged_elsewhere_is_refused(case, browse_as):
    clerk = browse_as("ha.lt")
    clerk.handler.enforce_csrf_checks = True

    assert send(clerk, case, sent()).status_code == 403
    assert CaseFile.objects.count() == 0


def kept(clerk, case, content, name, paper=0):
    assert send(clerk, case, sent(content, name), paper=paper).status_code == 302
    return CaseFile.objects.latest("pk")


@pytest.mark.parametrize(
    ("content", "name", "media_type", "way"),
    [
        (PDF, "Tờ khai.html", "application/pdf", "inline"),
        (JPEG, "anh.svg", "image/jpeg", "inline"),
        (PNG, "anh.png", "image/png", "inline"),
        (TIFF, "quet.tif", "image/tiff", "attachment"),
    ],
)
def test_serve_gives_the_detected_type_and_lets_nothing_run(case, browse_as, content, name, media_type, way):
    clerk = browse_as("ha.lt")
    file = kept(clerk, case, content, name)

    response = clerk.get(f"{page(case)}tep/{file.token}/")

    assert response.content == content
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (media_type, "nosniff")
    assert response["Content-Disposition"].split(";")[0] == way
    assert ".html" not in response["Content-Disposition"]
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    assert "no-store" in response["Cache-Control"]


def test_serve_names_the_file_safely(case, browse_as):
    clerk = browse_as("ha.lt")
    file = kept(clerk, case, PDF, "Tờ khai.pdf")

    response = clerk.get(f"{page(case)}tep/{file.token}/")

    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{quote('Tờ khai.pdf')}"
    assert response.content == PDF


def test_serve_is_noted_once_an_hour(case, browse_as):
    clerk, handler = browse_as("ha.lt"), browse_as("duc.hm")
    file = kept(clerk, case, PDF, "a.pdf")
    for client in (clerk, clerk, handler):
        assert client.get(f"{page(case)}tep/{file.token}/").content == PDF

    noted = AccessLog.objects.filter(what="file").order_by("pk")
    assert [(row.officer.username, row.case_code) for row in noted] == [
        ("ha.lt", case.code),
        ("duc.hm", case.code),
    ]


@pytest.mark.parametrize(
    ("username", "status"), [("mai.lt", 404), ("yen.pt", 404), ("hung.tv", 403), ("son.lv", 403)]
)
def test_serve_to_a_stranger_stays_closed(case, browse_as, username, status):
    file = kept(browse_as("ha.lt"), case, PDF, "a.pdf")

    assert browse_as(username).get(f"{page(case)}tep/{file.token}/").status_code == status
    assert AccessLog.objects.filter(what="file").count() == 0


def test_serve_under_the_code_of_another_case_is_not_found(case, case_at, browse_as):
    clerk = browse_as("ha.lt")
    file, other = kept(clerk, case, PDF, "a.pdf"), case_at(State.REGISTERED)

    assert clerk.get(f"{page(other)}tep/{file.token}/").status_code == 404
    assert clerk.get(f"{page(case)}tep/{file.stored_as}/").status_code == 404


def test_serve_a_file_that_is_lost_is_not_found(case, browse_as, folder):
    clerk = browse_as("ha.lt")
    file = kept(clerk, case, PDF, "a.pdf")
    (folder / file.stored_as[:2] / file.stored_as).unlink()

    assert clerk.get(f"{page(case)}tep/{file.token}/").status_code == 404


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("put", 405), ("delete", 405)])
def test_serve_is_only_read(case, browse_as, method, status):
    clerk = browse_as("ha.lt")
    file = kept(clerk, case, PDF, "a.pdf")

    response = getattr(clerk, method)(f"{page(case)}tep/{file.token}/")

    assert (response.status_code, response.content) == (status, b"")


def test_use_again_asks_for_consent_and_then_takes_the_file(case, case_at, browse_as):
    clerk = browse_as("ha.lt")
    source, later = kept(clerk, case, PDF, "a.pdf"), case_at(State.REGISTERED, **with_papers())
    shown = plain(text_of(clerk.get(f"{page(later)}giay-to/")))
    paper = later.papers.all()[1]
    typed = {"file": source.token, "paper": paper.pk, "origin": "3"}

    refused = clerk.post(f"{page(later)}giay-to/dung-lai/", typed)
    taken = clerk.post(f"{page(later)}giay-to/dung-lai/", typed | {"consent": "on"})

    assert f"Tờ khai – a.pdf – {case.code}" in shown
    assert (refused.status_code, "Chỉ dùng lại khi chủ hồ sơ đồng ý." in text_of(refused)) == (422, True)
    assert (taken.status_code, taken["Location"]) == (302, f"{page(later)}giay-to/#giay-to-{paper.pk}")
    after = plain(text_of(clerk.get(f"{page(later)}giay-to/")))
    assert "2. Hộ khẩu cũ Tái sử dụng từ kết quả hồ sơ khác · 1 tệp" in after
    assert f"Dùng lại từ hồ sơ {case.code}" in after


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("name", ["file", "paper", "origin"])
def test_use_again_with_hostile_words_answers_in_words(case, case_at, browse_as, name, typed):
    clerk = browse_as("ha.lt")
    source, later = kept(clerk, case, PDF, "a.pdf"), case_at(State.REGISTERED, **with_papers())
    usual = {"file": source.token, "paper": later.papers.all()[0].pk, "origin": "2", "consent": "on"}

    response = clerk.post(f"{page(later)}giay-to/dung-lai/", usual | {name: typed})

    assert response.status_code == 422
    assert CaseFile.objects.count() == 1


def test_registered_leads_to_the_papers_where_there_are_some(case, case_at, browse_as):
    clerk, without = browse_as("ha.lt"), case_at(State.REGISTERED)

    assert f"{page(case)}giay-to/" in text_of(clerk.get(f"{page(case)}da-tiep-nhan/"))
    assert "giay-to/" not in text_of(clerk.get(f"{page(without)}da-tiep-nhan/"))


def test_move_on_a_page_from_before_the_scan_shows_what_happened(case, browse_as):
    clerk = browse_as("ha.lt")
    send(clerk, case, sent())

    response = clerk.post(f"{page(case)}buoc/forward/", {"version": 1, "holder": ""})

    assert response.status_code == 409
    assert "số hóa giấy tờ: 1 tệp" in plain(text_of(response))
    assert CaseEvent.objects.filter(case=case).count() == 2
