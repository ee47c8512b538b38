"""Several cases at once: given to one handler by the director."""

import pytest

from cases.choices import State
from cases.models import Case

ASSIGN = "/ho-so/nhieu/assign/"


def holders(*cases):
    by_code = dict(Case.objects.values_list("code", "holder__username"))
    return [by_code[case.code] for case in cases]


def ticked(*cases):
    return {"case": [f"{case.code},{case.version}" for case in cases], "view": "open", "order": "name"}


@pytest.fixture
def three(case_at):
    return [case_at(State.IN_PROGRESS), case_at(State.IN_PROGRESS), case_at(State.AWAITING_APPROVAL)]


def test_assigning_several_gives_each_that_can_be_and_tells_of_the_others(three, people, browse_as):
    Case.objects.update(holder=None)
    chosen = {"holder_id": str(people["duc.hm"].officer_id)}

    response = browse_as("long.td").post(ASSIGN, ticked(*three) | chosen, follow=True)

    assert response.redirect_chain == [("/ho-so/?view=open&size=20&order=name", 302)]
    assert holders(*three) == ["duc.hm", "duc.hm", None]
    assert "Đã làm xong với 2 hồ sơ." in response.content.decode()
    assert f"{three[2].code}: Bước này không làm được" in response.content.decode()


@pytest.mark.parametrize("holder", ["", "0x1", "-1", "9" * 30, "٣", "💥"])
def test_assigning_to_nobody_says_to_choose_first(three, browse_as, holder):
    response = browse_as("long.td").post(ASSIGN, ticked(*three) | {"holder_id": holder}, follow=True)

    assert "Ông bà chọn người xử lý trước." in response.content.decode()
    assert holders(*three) == ["duc.hm"] * 3


def test_assigning_to_a_stranger_is_refused_for_each(three, people, browse_as):
    stranger = {"holder_id": str(people["thiem.vv"].officer_id)}

    response = browse_as("long.td").post(ASSIGN, ticked(*three) | stranger, follow=True)

    assert response.content.decode().count("không phải công chức chuyên môn của xã") == 2
    assert holders(*three) == ["duc.hm"] * 3
