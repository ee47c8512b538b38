"""From a bare Python to the locked environment, with nothing but the standard library."""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"


def environment_folder() -> Path:
    """Where the environment of this checkout lies."""
    return Path(os.environ.get("MOTCUA_VENV") or ROOT / ".venv")


def lock_file(kind: str) -> Path:
    """The locked packages to run (``run``) or to test (``test``)."""
    return REQUIREMENTS / f"{kind}.lock"


def pinned(lock_text: str) -> dict[str, str]:
    """Names and versions that every platform needs; lines with a condition are left out."""
    lines = (line.removesuffix("\\").strip() for line in lock_text.splitlines())
    pairs = (line.split("==") for line in lines if "==" in line and ";" not in line)
    return {name.partition("[")[0]: version for name, version in pairs}


def is_satisfied(lock_text: str) -> bool:
    """Whether the running Python already has exactly these packages."""
    for name, version in pinned(lock_text).items():
        try:
            if metadata.version(name) != version:
                return False
        except metadata.PackageNotFoundError:
            return False
    return True


def is_stamped(kind: str) -> bool:
    """Whether the environment was filled from the present lock; the test lock contains the other."""
    kinds = {kind, "test"}
    return any(read(stamp_file(each)) == digest(each) for each in kinds)


def stamp_file(kind: str) -> Path:
    """Names the lock from which the environment was filled; written last."""
    return environment_folder() / f"{kind}.stamp"


def digest(kind: str) -> str:
    """The fingerprint of a lock."""
    return hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()


def read(path: Path) -> str:
    """The text of a file, empty when it is not there."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def ensure_environment(kind: str) -> None:
    """Return inside an environment that holds the lock; otherwise make it and start again in it."""
    python = environment_folder() / "bin" / "python"
    is_inside = Path(sys.prefix).resolve() == environment_folder().resolve()
    if is_inside and is_stamped(kind):
        return
    if not is_inside and is_satisfied(read(lock_file(kind))):
        return
    prepare(kind)
    sys.stdout.flush()
    os.execv(python, [str(python), *sys.argv])


def prepare(kind: str) -> None:
    """Fill the checkout's environment from the lock."""
    with one_at_a_time(kind):
        if is_stamped(kind):
            return
        folder = environment_folder()
        print(f"Preparing {folder} from requirements/{kind}.lock, once; this needs a network …", flush=True)
        try:
            if not any(folder.glob("*.stamp")):
                create_environment(folder)
            install(folder / "bin" / "python", lock_file(kind))
        except subprocess.CalledProcessError as error:
            sys.exit(f"The packages could not be installed (the lines above say why): {error}")
        stamp_file(kind).write_text(digest(kind), encoding="utf-8")


@contextmanager
def one_at_a_time(kind: str) -> Iterator[None]:
    """Let one process at a time change the environment."""
    with lock_file(kind).open("rb") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def create_environment(folder: Path) -> None:
    """Make an empty environment with pip, also where the distribution keeps ensurepip apart."""
    try:
        venv.create(folder, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, SystemExit, ModuleNotFoundError):
        with tempfile.TemporaryDirectory() as helper:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", helper, "virtualenv"]
            subprocess.run(pip, check=True)
            environment = {**os.environ, "PYTHONPATH": helper}
            tool = [sys.executable, "-m", "virtualenv", "--quiet", "--clear", str(folder)]
            subprocess.run(tool, check=True, env=environment)


def install(python: Path, lock: Path) -> None:
    """Install exactly the locked files, whose fingerprints pip compares."""
    options = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes")
    subprocess.run([str(python), "-m", "pip", "install", *options, "-r", str(lock)], check=True)


if __name__ == "__main__":
    prepare(sys.argv[1])
    print(environment_folder() / "bin" / "python")
