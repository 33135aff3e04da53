"""Settings' entry for the database, from the environment."""

from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from cscareers.database import django_config


def config(monkeypatch: pytest.MonkeyPatch, url: str | None, *, production: bool = False) -> dict:
    if url is None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("DATABASE_URL", url)
    return django_config(Path("/srv/app"), environ.FileAwareEnv(), production=production)


def test_unset_is_the_embedded_server(monkeypatch):
    entry = config(monkeypatch, None)
    assert (entry["ENGINE"], entry["EMBEDDED_IN"]) == ("cscareers.database", "/srv/app")


def test_unset_in_production_is_an_error_that_says_so(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not set"):
        config(monkeypatch, None, production=True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ann:p%40ss@db.example:6432/jobs",
            {"USER": "ann", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": 6432, "NAME": "jobs"},
        ),
        (
            "postgresql://ann@%2Fvar%2Frun%2FPostgres/jobs",
            {
                "USER": "ann",
                "PASSWORD": "",
                "HOST": "/var/run/Postgres",
                "PORT": "",
                "NAME": "jobs",
            },
        ),
    ],
)
def test_a_url_names_the_server(monkeypatch, url, expected):
    entry = config(monkeypatch, url, production=True)
    assert {key: entry[key] for key in expected} == expected
    assert entry["ENGINE"] == "django.db.backends.postgresql"


def test_options_of_the_url_stand_beside_our_limits(monkeypatch):
    options = config(monkeypatch, "postgres:///jobs?host=/run/pg&sslmode=require")["OPTIONS"]
    assert options["host"] == "/run/pg"
    assert options["sslmode"] == "require"
    assert options["connect_timeout"] == 3
    assert options["pool"]["timeout"] == 3


@pytest.mark.parametrize("url", ["mysql://u@h/db", "sqlite:///file", "nonsense"])
def test_other_databases_are_refused(monkeypatch, url):
    with pytest.raises(ImproperlyConfigured, match="must begin with postgres://"):
        config(monkeypatch, url)


def test_a_url_without_a_database_is_refused(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="names no database"):
        config(monkeypatch, "postgres://ann@db.example")
