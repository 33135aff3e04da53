"""The demo's four accounts and their passwords, the same on every start."""

import json
import os
import secrets
from pathlib import Path

ROLES = ("candidate", "owner", "recruiter", "moderator")
DOMAIN = "demo.test"


def load(base_dir: Path) -> dict[str, str]:
    """E-mail address to password for each demo account, made at the first call.

    They are kept in var/demo_logins.json, which only its owner can read.
    """
    path = base_dir / "var" / "demo_logins.json"
    if not path.exists():
        _write(path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {str(email): str(password) for email, password in kept.items()}


def _write(path: Path) -> None:
    logins = {f"{role}@{DOMAIN}": secrets.token_hex(8) for role in ROLES}
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(logins, file, indent=2)
    try:
        # The first of two processes wins, and both then read the same file.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
