import pytest

from config import translations

# A compiled translation of one sentence: magic number, version, one entry, and the places of its two tables.
HEADER = bytes.fromhex("de120495 00000000 01000000 1c000000 24000000 00000000 2c000000")


def compiled(source, text):
    source, text = source.encode(), text.encode()
    start = len(HEADER) + 16
    table = [len(source), start, len(text), start + len(source) + 1]
    numbers = b"".join(number.to_bytes(4, "little") for number in table)
    return HEADER + numbers + source + b"\0" + text + b"\0"


@pytest.fixture
def compare(tmp_path, monkeypatch):
    def run(fresh, committed):
        for name, content in (("fresh.mo", fresh), ("committed.mo", committed)):
            if content is not None:
                (tmp_path / name).write_bytes(content)
        monkeypatch.setattr(
            "sys.argv", ["translations", str(tmp_path / "fresh.mo"), str(tmp_path / "committed.mo")]
        )
        return translations.main()

    return run


def test_main_of_equal_translations_passes(compare):
    assert compare(compiled("case", "ho so"), compiled("case", "ho so")) == 0


def test_main_of_an_older_translation_fails(compare, capsys):
    assert compare(compiled("case", "ho so"), compiled("case", "tep")) == 1
    assert "compilemessages" in capsys.readouterr().out


def test_main_of_a_missing_translation_fails(compare):
    assert compare(compiled("case", "ho so"), None) == 1
