"""What a page says, read from its HTML as the reader sees it."""

import re
from html import unescape


def text_of(response):
    return response.content.decode()


def page(case):
    return f"/ho-so/{case.code}/"


def step(case, action):
    return f"/ho-so/{case.code}/buoc/{action}/"


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def changes_of(response):
    found = re.search(r'id="changes".*?</ol>', text_of(response), re.DOTALL)
    return [plain(item) for item in re.findall(r"<li>.*?</li>", found[0], re.DOTALL)] if found else []


def field_of(response, name):
    """What a field of the form holds, whatever kind of field it is."""
    html = text_of(response)
    chosen = re.search(rf'<select name="{name}".*?<option value="([^"]*)" selected', html, re.DOTALL)
    found = (
        chosen
        or re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
        or re.search(rf'name="{name}" value="([^"]*)"', html)
    )
    return unescape(found[1]) if found else None
