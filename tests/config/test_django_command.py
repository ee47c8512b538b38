import pytest

from config.runner import django_command


def test_command_without_data_says_how_to_begin(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))

    with pytest.raises(SystemExit, match=r"python3 manage\.py up"):
        django_command.main(["showmigrations"])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("command", "role"), [("migrate", "owner"), ("shell", "app")])
def test_run_changes_tables_as_their_owner_only(monkeypatch, command, role):
    seen = {}
    monkeypatch.setattr(
        django_command, "execute_from_command_line", lambda _words: seen.update(django_command.os.environ)
    )
    monkeypatch.setenv("DATABASE_URL", "kept by monkeypatch")

    django_command.run(command, [command], {"DATABASE_URL": "app", "MIGRATION_DATABASE_URL": "owner"})

    monkeypatch.delenv("MIGRATION_DATABASE_URL")
    assert seen["DATABASE_URL"] == role
