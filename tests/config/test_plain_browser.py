"""What the small browser reads of a page: which field and button belong to which form, and their words."""

from config.plain_browser import Button, read_page

PAGE = """
<input name="early" form="late" value="1"><input name="nobody" value="2">
<form action="/find/" method="post">
<label for="q">Tìm <small>hồ sơ</small></label><input id="q" name="q"></form>
<form id="late" action="/late/"><label><input type="checkbox" name="tick" value="a" checked> Đồng ý</label>
<label for="n">Ghi chú</label><textarea id="n" name="note">
hai
dòng</textarea></form>
<label for="w">Cách</label><select id="w" name="way" form="late"><option value="x">X</option>
<option value="y" selected>Y</option></select>
<button form="late" formaction="/other/" name="go" value="1">Gửi <kbd>Enter</kbd></button>
<button>Không</button>
"""


def test_page_gives_each_field_to_the_form_that_sends_it():
    find, late = read_page("/", 200, PAGE.encode()).forms

    assert (find.action, find.method, find.values) == ("/find/", "post", {"q": ""})
    assert (late.action, late.method) == ("/late/", "get")
    assert late.values == {"early": "1", "tick": "a", "note": "hai\ndòng", "way": "y"}
    assert late.choices == {"tick": ["a"], "way": ["x", "y"]}


def test_page_names_fields_by_their_labels_and_buttons_by_their_words():
    find, late = read_page("/", 200, PAGE.encode()).forms

    assert find.labels == {"Tìm hồ sơ": ("q", "")}
    assert late.labels == {"Đồng ý": ("tick", "a"), "Ghi chú": ("note", ""), "Cách": ("way", "")}
    assert (find.buttons, late.buttons) == ([], [Button("Gửi Enter", "go", "1", "/other/")])
