"""Typed settings from the environment; each name also as NAME_FILE, a file that holds the value."""

import contextlib
import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Final

import environ

ENV: Final = environ.FileAwareEnv()


class Mode(StrEnum):
    """How this process runs. Only `production` refuses to start without its secrets."""

    DEVELOPMENT = "development"
    DEMO = "demo"
    PRODUCTION = "production"


def kept_secret(path: Path) -> str:
    """The secret kept in `path` (mode 0600), made at the first call."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        # Linked into place whole: of two first processes one wins, and both read the same.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


def mail_transport(backend: str) -> str:
    """The e-mail backend to use for the one that EMAIL_URL means: for SMTP our careful one."""
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        return "cscareers.core.mail_transport.Backend"
    return backend
