"""The database: DATABASE_URL, or the embedded PostgreSQL when it is unset."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONNECT_SECONDS = 3  # an outage is answered within 3.5 s, so nothing may wait longer
POOL = {"min_size": 0, "max_size": 10, "timeout": CONNECT_SECONDS, "reconnect_timeout": 3.0}
SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}


def django_config(base_dir: Path, *, url: str, production: bool) -> dict[str, Any]:
    """The entry for DATABASES["default"]; starts nothing.

    `url` is the value of DATABASE_URL, "" when it is unset.
    """
    if url:
        return _from_url(url)
    if production:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. The embedded PostgreSQL is for development and the demo "
            "only: in production give the address of a server, "
            "for example DATABASE_URL=postgres://user:password@host:5432/cscareers"
        )
    entry = _common()
    entry |= {
        "ENGINE": "cscareers.database",
        "NAME": "cscareers",
        "EMBEDDED_IN": str(base_dir.resolve()),
    }
    return entry


def _common() -> dict[str, Any]:
    return {
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not the threads
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": dict(POOL), "connect_timeout": CONNECT_SECONDS},
    }


def _from_url(url: str) -> dict[str, Any]:
    import environ  # noqa: PLC0415  only settings need it; the embedded server does not

    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgres://, not {parts.scheme or 'nothing'}://. "
            "CS Careers runs on PostgreSQL 15 or newer only."
        )
    found = environ.Env.db_url_config(url, engine="django.db.backends.postgresql")
    given = found.pop("OPTIONS", {})
    # A socket folder as the host, in libpq's spelling (%2Fvar%2Frun%2Fpostgresql): urlsplit
    # lower-cases host names, so it is taken from the raw text.
    host = parts.netloc.rpartition("@")[2]
    if host.lower().startswith("%2f"):
        found["HOST"] = unquote(host)
    if not found.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://…/NAME")
    entry = _common()
    options = entry["OPTIONS"] | given
    return entry | found | {"OPTIONS": options}
