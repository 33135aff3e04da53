"""The database: DATABASE_URL, or the embedded PostgreSQL when it is unset."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from environ import Env

CONNECT_SECONDS = 3  # an outage is answered within 3.5 s, so nothing may wait longer
POOL = {"min_size": 0, "max_size": 10, "timeout": CONNECT_SECONDS, "reconnect_timeout": 3.0}
SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}


def django_config(base_dir: Path, env: "Env", *, production: bool) -> dict[str, Any]:
    """The entry for DATABASES["default"]; starts nothing."""
    url = env.str("DATABASE_URL", default="")
    if url:
        return _from_url(url, env)
    if production:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. The embedded PostgreSQL is for development and the demo "
            "only: in production give the address of a server, "
            "for example DATABASE_URL=postgres://user:password@host:5432/cscareers"
        )
    return _common() | {
        "ENGINE": "cscareers.database",
        "NAME": "cscareers",
        "EMBEDDED_IN": str(base_dir.resolve()),
    }


def _common() -> dict[str, Any]:
    return {
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not the threads
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": dict(POOL), "connect_timeout": CONNECT_SECONDS},
    }


def _from_url(url: str, env: "Env") -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgres://, not {parts.scheme or 'nothing'}://. "
            "CS Careers runs on PostgreSQL 15 or newer only."
        )
    found: dict[str, Any] = env.db_url_config(url, engine="django.db.backends.postgresql")
    given = found.pop("OPTIONS", {})
    # A socket folder as the host, in libpq's spelling (%2Fvar%2Frun%2Fpostgresql): urlsplit
    # lower-cases host names, so it is taken from the raw text.
    host = parts.netloc.rpartition("@")[2]
    if host.lower().startswith("%2f"):
        found["HOST"] = unquote(host)
    if not found.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://…/NAME")
    entry = _common()
    return entry | found | {"OPTIONS": entry["OPTIONS"] | given}
