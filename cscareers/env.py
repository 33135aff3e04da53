"""Typed settings from the environment; each name also as NAME_FILE, a file that holds the value."""

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
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
