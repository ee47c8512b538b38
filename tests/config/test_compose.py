"""The compose file cannot be run here: it is held against the specification and the settings."""

import re
import shlex
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml

from config.services import binaries, processes
from config.services.folder import ROOT
from tests.offices import open_place

COMPOSE = ROOT / "docker-compose.yml"
OFFICE = ("web", "worker", "beat", "migrate")
TABLES = ("docs/operations.md", "docs/notices.md")
CHECKER = str(Path(sys.executable).with_name("check-jsonschema"))


def read():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def is_valid(path):
    argv = [CHECKER, "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def test_compose_file_follows_the_specification():
    assert is_valid(COMPOSE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("command:", "comand:"), ("service_healthy", "healthy"), ("healthcheck:", "healthchek:")],
)
def test_compose_file_with_a_misspelt_word_is_refused(tmp_path, right, wrong):
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")

    assert not is_valid(broken)


def test_compose_services_are_those_of_the_office():
    assert set(read()["services"]) == {*OFFICE, "db", "redis"}


def test_compose_names_only_variables_that_the_settings_read():
    read_by = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("config/**/*.py"))
    named = {name for service in OFFICE for name in read()["services"][service]["environment"]}
    unknown = {name for name in named if not re.search(rf'"{name.removesuffix("_FILE")}', read_by)}

    assert unknown == set()


def documented():
    """The variables of the tables, each as the names under which it may be set."""
    for page in TABLES:
        for row in (ROOT / page).read_text(encoding="utf-8").splitlines():
            for name in re.findall(r"`([A-Z_]{5,})`", row.split("|")[1]) if row.startswith("| `") else ():
                plain = name.removesuffix("_FILE")
                yield {plain, f"{plain}_FILE"}


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_every_documented_setting_reaches_the_containers(service):
    image = re.findall(r"(MOTCUA_DATA_DIR|STATIC_ROOT)=/", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    reached = {*read()["services"][service]["environment"], *image}
    left = [names for names in documented() if not names & reached]

    assert all(name.startswith("MIGRATION_") for names in left for name in names), left
    assert left == [] or service != "migrate"


def test_compose_secrets_are_declared_and_used_alone_from_their_files():
    content = read()
    used = {secret for service in content["services"].values() for secret in service.get("secrets", ())}
    values = [str(value) for each in OFFICE for value in content["services"][each]["environment"].values()]

    assert used == set(content["secrets"])
    assert [value for value in values if re.search(r"://[^@/]*:[^@/]*@", value)] == []


def test_only_the_migration_knows_the_owner_of_the_tables():
    content = read()["services"]

    assert [name for name in OFFICE if "owner_password" in content[name]["secrets"]] == ["migrate"]


def test_every_long_running_part_but_the_clockwork_has_a_health_check():
    content = read()["services"]

    assert {name for name in content if "healthcheck" not in content[name]} == {"beat", "migrate"}


def test_database_initialises_with_the_words_of_the_compose_file():
    words = shlex.split(read()["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"])
    with open_place() as folder:
        data = folder.path / "database"
        data.mkdir(parents=True)
        processes.give_to_service_user(data)
        initdb = binaries.postgres_programs(folder.path) / "initdb"
        argv = [initdb, "-D", data, "--auth=trust", "--no-sync", *words]
        done = subprocess.run(
            argv, capture_output=True, text=True, check=False, cwd="/", **processes.as_service_user()
        )

    assert done.returncode == 0, done.stderr


def test_database_is_healthy_only_when_it_answers_over_the_network():
    [_shell, words] = read()["services"]["db"]["healthcheck"]["test"]

    assert "--host 127.0.0.1" in words


def commands_of(chapter):
    """The code blocks of a chapter of the operator's page."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    return re.findall(
        r"^```\n(.*?)^```$",
        text.partition(f"## {chapter}\n")[2].partition("\n## ")[0],
        re.MULTILINE | re.DOTALL,
    )


def env_file():
    [lines] = re.findall(
        r"cat > \.env <<'END'\n(.*?)END\n", commands_of("Start with containers")[0], re.DOTALL
    )
    return dict(line.split("=", 1) for line in lines.splitlines())


def test_documented_env_file_names_what_compose_demands():
    demanded = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE.read_text(encoding="utf-8")))

    assert demanded
    assert demanded <= env_file().keys()


def test_documented_proxy_is_the_gateway_of_the_network():
    [network] = read()["networks"]["default"]["ipam"]["config"]

    assert env_file()["TRUSTED_PROXIES"] == network["gateway"]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_documented_upgrade_builds_before_it_migrates():
    [upgrade] = commands_of("Upgrade")
    words = [line.split()[2] for line in upgrade.splitlines() if line.startswith("docker compose")]

    assert words == ["build", "stop", "run", "up"]


def test_secrets_are_documented_as_files_that_the_containers_may_read():
    lines = commands_of("Start with containers")[0].splitlines()

    assert lines[:2] == ["mkdir -m 700 secrets", "umask 022"]
