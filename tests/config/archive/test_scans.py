import tarfile

from config.archive.scans import pack_files


def packed(target):
    with tarfile.open(target) as pack:
        return sorted(pack.getnames())


def lay(folder, *names):
    (folder / "ab").mkdir(parents=True)
    for name in names:
        (folder / "ab" / name).write_bytes(b"%PDF-")


def test_pack_files_leaves_out_what_is_half_written(tmp_path):
    lay(tmp_path / "files", "abc", "tmp1.part")
    awaited = {"abc", "abd"}

    pack_files(tmp_path / "files", tmp_path / "files.tar", awaited)

    assert packed(tmp_path / "files.tar") == ["files", "files/ab", "files/ab/abc"]
    assert awaited == {"abd"}


class Sweep(set):
    """Awaited names; the first that is struck off takes all other files of the cabinet with it."""

    def __init__(self, names, folder):
        super().__init__(names)
        self.folder = folder

    def discard(self, name):
        super().discard(name)
        if len(name) == 40:
            for other in (path for path in self.folder.glob("ab/*") if path.name != name):
                other.unlink()


def test_pack_files_goes_on_when_an_entry_vanishes_after_it_was_listed(tmp_path):
    names = {"a" * 40, "b" * 40, "c" * 40}
    lay(tmp_path / "files", *names)
    awaited = Sweep(names, tmp_path / "files")

    pack_files(tmp_path / "files", tmp_path / "files.tar", awaited)

    [kept] = names - awaited
    assert packed(tmp_path / "files.tar") == ["files", "files/ab", f"files/ab/{kept}"]


def test_pack_files_of_an_office_without_scans_is_empty(tmp_path):
    pack_files(tmp_path / "files", tmp_path / "files.tar", set())

    assert packed(tmp_path / "files.tar") == []
