"""Day eight, Wednesday 25/11/2026: what lies where, who takes it up, and what is signed together."""

import re
from datetime import date

import pytest

from cases.models import Case, CaseEvent
from staff.choices import MembershipKind
from staff.models import Commune, Membership, Officer
from staff.rights import Role
from tests.cases import conftest as counter
from tests.cases.conftest import copies_of
from tests.flows.office import BIRTH, COPIES

pytestmark = pytest.mark.django_db
SOCIAL = "1.001776"  # social protection, which Hoàng Minh Đức does not handle
PEOPLE = {
    "huong": {},
    "bay": {"Họ và tên": "Trịnh Văn Bảy", "Số định danh": "038085000127", "Ngày sinh": "1985"},
    "dung": {"Họ và tên": "Đỗ Thị Dung", "Số định danh": "038190000311", "Ngày sinh": "1990"},
}
case_at = counter.case_at


@pytest.fixture
def ha(at, works):
    at("2026-11-25 08:00")
    return works("ha.lt")


@pytest.fixture
def three(ha):
    """Three people were here: a certificate, a late birth, four copies."""
    return [
        ha.registers(),
        ha.registers(PEOPLE["bay"], BIRTH),
        ha.registers(PEOPLE["dung"], COPIES),
    ]


def ticks(*cases):
    return [f"{case.code},{Case.objects.get(pk=case.pk).version}" for case in cases]


def to_signature(works, *cases):
    """Claimed and proposed by the handler."""
    duc = works("duc.hm")
    for case in cases:
        duc.opens(f"/ho-so/{case.code}/buoc/claim/").presses("Nhận xử lý")
        duc.opens(f"/ho-so/{case.code}/buoc/submit/").fills({"Nội dung kết quả": "Xác nhận"}).presses(
            "Trình ký"
        )
    return duc


def test_filter_narrows_the_queue_and_stays_in_the_address(ha, three):
    ha.opens("/ho-so/").fills({"Lĩnh vực": "certification", "Xếp theo": "name"}).presses("Lọc")

    ha.sees("Lĩnh vực: Chứng thực")
    assert ha.rows == ["Đỗ Thị Dung"]
    bookmark = ha.page.url
    assert ha.opens(bookmark).rows == ["Đỗ Thị Dung"]
    ha.fills({"Tình trạng": "awaiting_approval"}).presses("Lọc")
    ha.sees("Không có hồ sơ nào ở mục này khớp các điều kiện. Bỏ bớt điều kiện để xem thêm.")
    ha.follows("Bỏ mọi điều kiện")
    assert sorted(ha.rows) == ["Lê Thị Hương", "Trịnh Văn Bảy", "Đỗ Thị Dung"]


def test_condition_that_means_nothing_here_is_said(ha, three):
    ha.opens("/ho-so/?field=moon&holder=999999")

    ha.sees("Đã bỏ qua điều kiện không dùng được ở đây: Lĩnh vực, Người xử lý.")
    assert len(ha.rows) == 3


def test_names_are_ordered_as_vietnamese_names_are(ha, three):
    ha.opens("/ho-so/?order=name")

    assert ha.rows == ["Trịnh Văn Bảy", "Đỗ Thị Dung", "Lê Thị Hương"]  # by the last word


def test_what_is_due_soon_turns_due_today_turns_overdue(ha, at):
    ha.registers()  # until the end of Monday 30/11
    at("2026-11-27 08:00")
    ha.signs_in().opens("/ho-so/?view=soon")
    assert ha.rows == ["Lê Thị Hương"]  # the weekend lies between
    at("2026-11-30 08:00")
    ha.signs_in().opens("/ho-so/?view=today").sees("Hôm nay 17:00")
    assert ha.rows == ["Lê Thị Hương"]
    at("2026-12-01 08:00")
    ha.signs_in().opens("/ho-so/?view=overdue").sees("Quá hạn 1 ngày")
    assert ha.rows == ["Lê Thị Hương"]


def test_batch_is_forwarded_and_what_changed_meanwhile_is_told(ha, three, works):
    ha.opens("/ho-so/")
    stale = three[0]
    works("hien.vt").opens(f"/ho-so/{stale.code}/buoc/forward/").presses("Chuyển xử lý")

    ha.fills({"case": [f"{case.code},1" for case in three]}).presses("Chuyển bộ phận chuyên môn")

    ha.sees(
        "Đã làm xong với 2 hồ sơ.",
        f"{stale.code}: Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp.",
    )
    assert set(Case.objects.values_list("state", flat=True)) == {"in_progress"}
    assert CaseEvent.objects.filter(kind="forward").count() == 3


def test_batch_of_nothing_asks_to_tick_first(ha, three):
    ha.opens("/ho-so/").presses("Chuyển bộ phận chuyên môn").sees("Ông bà đánh dấu hồ sơ trước.")

    assert CaseEvent.objects.exclude(kind="register").count() == 0


def test_case_is_claimed_once(three, works):
    works("duc.hm").opens(f"/ho-so/{three[0].code}/").follows("Nhận xử lý").presses("Nhận xử lý")
    duc = works("duc.hm").opens(f"/ho-so/{three[0].code}/")

    duc.sees("Ai đang giữ hồ sơ Hoàng Minh Đức")
    assert duc.history[0] == "25/11 08:00 Hoàng Minh Đức nhận xử lý hồ sơ."
    duc.opens(f"/ho-so/{three[0].code}/buoc/claim/").sees("Ông bà đang giữ hồ sơ này.")
    duc.opens("/ho-so/?view=mine")
    assert duc.rows == ["Lê Thị Hương"]


def test_handler_of_another_field_does_not_see_the_case(three, works):
    yen = works("yen.pt").opens("/ho-so/?view=open")

    yen.does_not_see("Lê Thị Hương", three[0].code)
    yen.opens(f"/ho-so/{three[0].code}/", status=404).sees("Không có trang này")


def test_case_is_handed_on_to_a_colleague_with_its_history(three, works, people):
    a_second_handler()
    case = three[0]
    duc = works("duc.hm").opens(f"/ho-so/{case.code}/buoc/claim/").presses("Nhận xử lý")
    linh = Officer.objects.get(username="linh.pt")

    duc.opens(f"/ho-so/{case.code}/buoc/hand_on/").fills({"Giao cho đồng nghiệp": str(linh.pk)})
    duc.presses("Chuyển đồng nghiệp")

    assert duc.history[0] == "25/11 08:00 Hoàng Minh Đức chuyển cho Phạm Thị Linh xử lý."
    duc.opens(f"/ho-so/{case.code}/buoc/hand_on/").sees("Chỉ người đang giữ hồ sơ mới chuyển tiếp được.")
    assert Case.objects.get(pk=case.pk).holder == linh


def a_second_handler():
    colleague = Officer.objects.create(
        username="linh.pt", full_name="Phạm Thị Linh", must_change_password=False
    )
    Membership.objects.create(
        officer=colleague,
        commune=Commune.objects.get(gso_code="15448"),
        role=Role.HANDLER,
        kind=MembershipKind.OWN,
        valid_from=date(2025, 7, 1),
    )


def test_drafts_are_signed_together_each_under_its_number(three, works):
    to_signature(works, three[0], three[1])
    thanh = works("thanh.nt").opens("/ky-duyet/").sees("2 dự thảo chờ ký")
    thanh.fills({"case": ticks(three[0], three[1])}).presses("Ký các dự thảo đã chọn")
    thanh.sees("Ông bà sắp ký 2 kết quả")

    both = {"case": ticks(three[0], three[1])}
    thanh.fills(both | {f"{three[0].code}-number": "12/XN-UBND"}).presses("Ký 2 kết quả", status=422)
    assert thanh.complaints == {f"{three[1].code}-number": "Ông bà nhập ô này."}
    thanh.fills(both | {f"{three[1].code}-number": "13/KS"}).presses("Ký 2 kết quả")

    thanh.sees("Đã ký 2 kết quả.", "Không có dự thảo nào chờ ông bà ký.")
    assert {case.results.get().number for case in three[:2]} == {"12/XN-UBND", "13/KS"}


def test_own_draft_is_not_signed_with_the_others(three, works, people):
    second = acts_as_handler_too("thanh.nt")
    to_signature(works, three[0])
    own = works("thanh.nt", second.pk)
    own.opens(f"/ho-so/{three[1].code}/buoc/claim/").presses("Nhận xử lý")
    own.opens(f"/ho-so/{three[1].code}/buoc/submit/").fills({"Nội dung kết quả": "Xác nhận"}).presses(
        "Trình ký"
    )
    thanh = (
        works("thanh.nt", people["thanh.nt"].membership_id)
        .opens("/ky-duyet/")
        .sees("Dự thảo của chính ông bà")
    )

    thanh.fills({"case": ticks(three[0], three[1])}).presses("Ký các dự thảo đã chọn")

    thanh.sees("Ông bà sắp ký 1 kết quả", f"{three[1].code}: Không ai được ký dự thảo do chính mình trình.")
    thanh.fills({f"{three[0].code}-number": "12/XN-UBND"}).presses("Ký 1 kết quả").sees("Đã ký 1 kết quả.")
    assert [Case.objects.get(pk=case.pk).state for case in three[:2]] == ["resolved", "awaiting_approval"]
    thanh.opens(f"/ho-so/{three[1].code}/").sees("Không ai được ký dự thảo do chính mình trình.")


def acts_as_handler_too(username):
    return Membership.objects.create(
        officer=Officer.objects.get(username=username),
        commune=Commune.objects.get(gso_code="15448"),
        role=Role.HANDLER,
        title="Công chức chuyên môn",
        kind=MembershipKind.OWN,
        valid_from=date(2025, 7, 1),
    )


def test_draft_sent_back_says_why_and_waits_for_the_handler(three, works):
    duc = to_signature(works, three[0])
    thanh = works("thanh.nt").opens(f"/ho-so/{three[0].code}/buoc/send_back/")
    thanh.presses("Trả lại", status=422)
    assert thanh.complaints == {"reason": "Ông bà nhập ô này."}

    thanh.fills({"Lý do": "Thiếu nơi cư trú"}).presses("Trả lại")

    duc.opens(f"/ho-so/{three[0].code}/")
    assert duc.history[0] == "25/11 08:00 Nguyễn Thị Thanh trả lại dự thảo. Lý do: Thiếu nơi cư trú"
    assert Case.objects.get(pk=three[0].pk).state == "in_progress"


def test_pages_of_the_queue_lose_and_repeat_nobody_over_the_edge(ha, three):
    copies_of(three[2], [three[2].due_at] * 45)  # all due at one moment, so that only codes tell them apart
    seen = []
    ha.opens("/ho-so/?size=20&view=open")
    while True:
        seen += codes_of(ha)
        if "Trang sau" not in ha.words:
            break
        ha.follows("Trang sau")

    assert (len(seen), len(set(seen))) == (48, 48)
    last = codes_of(ha)
    ha.follows("Trang trước").follows("Trang sau")
    assert codes_of(ha) == last


def codes_of(person):
    return re.findall(r'<td class="n code"><a href="/ho-so/([^/]+)/">', person.response.content.decode())


def test_search_without_marks_finds_and_pages_without_a_name_in_the_address(ha, three):
    ha.searches("do thi dung")

    assert (ha.rows, ha.page.url) == (["Đỗ Thị Dung"], "/ho-so/tim/")
