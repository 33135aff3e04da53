"""Postings that nobody here wrote, from the file to the markup of their pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import call_command

from postings.actions.imports import Report, RunOrders, import_lines
from postings.markup import document_for, script_for
from postings.models import Posting
from postings.reading import names_for
from postings.structured_data import validate
from tests.oracle.judge import errors, judge, why_not
from tests.shared_data import ROOT, needs

pytestmark = [
    pytest.mark.django_db,
    needs("postings/startups.jsonl", "postings/nyc.jsonl"),
]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NEW_YORK_CITY = 5128581


@pytest.fixture
def places(db: None) -> None:
    call_command("load_places", verbosity=0)


def imported(name: str, *, most: int, every: int = 1) -> Report:
    with (ROOT / f"postings/{name}.jsonl").open("rb") as lines:
        return import_lines(
            lines=islice(lines, 0, most * every, every),
            run=RunOrders(publish=True, now=NOW),
            progress=lambda number: None,
        )


def test_postings_of_startups_are_published_when_they_have_all_it_takes(
    places: None, tmp_path: Path
) -> None:
    report = imported("startups", most=529).to_json()
    assert report["refused"] == []
    assert (report["read"], report["created"], report["unchanged"]) == (529, 529, 0)
    assert report["published"] >= 195
    public = list(
        Posting.objects.published(now=NOW)
        .select_related("employer", "live_revision")
        .order_by("pk")
    )
    assert len(public) == report["published"]
    again = imported("startups", most=529).to_json()
    assert (again["unchanged"], again["published"]) == (529, 0)

    pages = list(_pages(public[:50], tmp_path))
    if not why_not():
        verdict = judge(pages)
        assert verdict["postings"] == 50
        assert errors(verdict) == []


def _pages(postings: list[Posting], folder: Path) -> Iterator[Path]:
    contents = [posting.live_revision.value for posting in postings if posting.live_revision]
    names = names_for(contents)
    for posting, content in zip(postings, contents, strict=True):
        document = document_for(posting, content, names)
        assert [problem for problem in validate(document) if problem.critical] == []
        page = folder / f"{posting.public_id}.html"
        head = script_for(posting, content, names)
        page.write_text(f"<!doctype html><html><head>{head}</head></html>", encoding="utf-8")
        yield page


def test_openings_of_new_york_are_in_new_york(places: None) -> None:
    report = imported("nyc", most=120, every=24).to_json()
    assert report["read"] == 120
    assert report["read"] == report["created"] + report["unchanged"]
    assert report["draft_reasons"]["no_place"] == 0
    cities = {
        place.city
        for posting in Posting.objects.published(now=NOW).select_related("live_revision")
        for place in (posting.live_revision.value.locations if posting.live_revision else ())
    }
    assert cities == {NEW_YORK_CITY}
