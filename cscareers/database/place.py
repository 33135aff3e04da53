"""Where one clone's embedded PostgreSQL lives, and as whom it runs."""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

# A Unix socket's path holds at most 107 bytes, the file's own name included.
SOCKET_FILE = ".s.PGSQL.5432"
SOCKET_LIMIT = 107
UNPRIVILEGED_USERS = ("postgres", "nobody")
ROOT_FOLDERS = ("/var/lib", "/var/tmp")  # noqa: S108  ours is made 0700 and checked


class UnsafePlace(RuntimeError):
    """The folder for the data can't be made or is not safely ours."""


@dataclass(frozen=True)
class Account:
    """The account that owns the data and runs the server."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """Every path of one clone's server."""

    home: Path  # data, log and copied programs
    sockets: Path
    locks: Path  # under var/: files that belong to whoever runs the project
    run_as: Account | None  # None: as the user who runs the project

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"


def find_place(base_dir: Path) -> Place:
    """The place for this clone, made with its folders when it is new."""
    base_dir = base_dir.resolve()
    locks = base_dir / "var" / "postgres"
    locks.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        home = locks
        _private(home, None)
        sockets = _short_enough(home / "socket", base_dir)
        _private(sockets, None)
        return Place(home=home, sockets=sockets, locks=locks, run_as=None)
    account = _unprivileged()
    with (locks / "place.lock").open("a") as turn:
        # Two first starts at once must agree on one home.
        fcntl.flock(turn, fcntl.LOCK_EX)
        home = _root_home(base_dir, locks, account)
    sockets = home / "socket"
    _private(sockets, account)
    return Place(home=home, sockets=sockets, locks=locks, run_as=account)


def _unprivileged() -> Account:
    for name in UNPRIVILEGED_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise UnsafePlace(
        "PostgreSQL refuses to run as root and there is neither a user postgres nor nobody. "
        "Run as an ordinary user, or set DATABASE_URL."
    )


def _root_home(base_dir: Path, locks: Path, account: Account) -> Path:
    """The folder outside the clone that the unprivileged account can reach.

    Its address is kept in var/, so a clone that was deleted and made again at the same
    place does not inherit the data of the first one.
    """
    address = locks / "address.json"
    kept = _kept_home(address, base_dir)
    if kept is not None:
        _private(kept, account)
        return kept
    digest = hashlib.sha256(os.fsencode(base_dir)).hexdigest()[:12]
    name = f"cscareers-{digest}-{secrets.token_hex(3)}"
    home = _first_writable(ROOT_FOLDERS) / name
    _private(home, account)
    fresh = address.with_suffix(".new")
    fresh.write_text(json.dumps({"home": str(home), "place": str(base_dir)}), encoding="utf-8")
    fresh.replace(address)
    return home


def _kept_home(address: Path, base_dir: Path) -> Path | None:
    """The home that was chosen before; None for a first start, and in a copied folder."""
    try:
        kept = json.loads(address.read_text(encoding="utf-8"))
        home, place = Path(kept["home"]), Path(kept["place"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    copied = place != base_dir and place.exists()
    if copied or home.parent not in {Path(folder) for folder in ROOT_FOLDERS}:
        return None
    return home


def _first_writable(folders: tuple[str, ...]) -> Path:
    for folder in folders:
        if os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    raise UnsafePlace(f"None of {', '.join(folders)} can be written. Set DATABASE_URL.")


def _short_enough(preferred: Path, base_dir: Path) -> Path:
    """The preferred socket folder, or one under the temporary folder when its path is too long."""
    if len(os.fsencode(preferred / SOCKET_FILE)) <= SOCKET_LIMIT:
        return preferred
    digest = hashlib.sha256(os.fsencode(base_dir)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"cscareers-{os.geteuid()}-{digest}"
    if len(os.fsencode(short / SOCKET_FILE)) <= SOCKET_LIMIT:
        return short
    return Path("/tmp") / short.name  # noqa: S108  made 0700 and its owner checked


def _private(folder: Path, account: Account | None) -> None:
    """Make the folder, or check that it is a real one of the right owner; mode 0700 either way."""
    uid = os.geteuid() if account is None else account.uid
    try:
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        pass
    except OSError as error:
        raise UnsafePlace(f"{folder} can't be made: {error.strerror}.") from error
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise UnsafePlace(
            f"{folder} is not a folder of the user that PostgreSQL would run as (uid {uid}). "
            "Was this clone used by another user? Make a clone of your own, or remove that folder."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
