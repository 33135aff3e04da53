"""Postings that nobody here wrote, from the file to the markup of their pages."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from postings.actions.imports import Report, RunOrders, import_lines
from postings.enums import EmploymentType
from postings.importers.language import language_of
from postings.importers.schema_org import PostingDraft, read_bytes
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


@pytest.fixture(scope="module")
def places(kept_rows: None) -> None:
    call_command("load_places", verbosity=0)


@pytest.fixture(scope="module")
def startups(places: None) -> Report:
    return imported("startups")


def imported(name: str, *, every: int = 1, edit: int | None = None) -> Report:
    """Imports each line of a file, or each of so many; of the line `edit` an edited form."""
    lines = (ROOT / f"postings/{name}.jsonl").read_bytes().splitlines()[::every]
    if edit is not None:
        document = {**json.loads(lines[edit]), "employmentType": "Seasonal"}
        lines[edit] = json.dumps(document).encode()
    return import_lines(
        lines=lines,
        run=RunOrders(publish=True, now=NOW, keep_lines=True),
        progress=lambda number: None,
    )


def test_postings_of_startups_are_published_when_they_have_all_it_takes(startups: Report) -> None:
    report = startups.to_json()
    assert report["refused"] == []
    assert (report["read"], report["created"], report["unchanged"]) == (529, 529, 0)
    assert report["published"] >= 195
    assert Posting.objects.published(now=NOW).count() == report["published"]


def test_a_second_run_changes_nothing_and_an_edited_line_one_posting(startups: Report) -> None:
    number = next(line.number for line in startups.lines if line.published)
    again = imported("startups", edit=number - 1)
    counts = again.to_json()
    assert (counts["unchanged"], counts["updated"], counts["published"]) == (528, 1, 1)
    posting = Posting.objects.get(pk=startups.lines[number - 1].posting_id)
    assert posting.revisions.count() == 2
    assert posting.document.employment == [EmploymentType.TEMPORARY]


def test_their_markup_holds_for_search_engines(startups: Report, tmp_path: Path) -> None:
    public = Posting.objects.published(now=NOW).select_related("employer", "live_revision")
    pages = list(_pages(list(public.order_by("pk")[:50]), tmp_path))
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
    report = imported("nyc", every=24)
    counts = report.to_json()
    assert counts["read"] == counts["created"] + counts["unchanged"] == 123
    assert counts["draft_reasons"]["no_place"] == 0
    placed = [line.content.locations for line in report.lines if line.content and line.published]
    assert {place.city for places in placed for place in places} == {NEW_YORK_CITY}


@needs("postings/swedish.jsonl")
def test_the_language_of_real_texts_is_seen() -> None:
    """The Swedish file states Swedish for its English ads too; see docs/figures.md."""
    seen = {
        name: Counter(
            language_of(f"{draft.content.title}\n{draft.content.description}")
            for line in (ROOT / f"postings/{name}.jsonl").read_bytes().splitlines()
            if isinstance(draft := read_bytes(line), PostingDraft) and draft.content.description
        )
        for name in ("swedish", "startups")
    }
    assert seen["swedish"]["sv"] + seen["swedish"]["en"] >= 0.99 * seen["swedish"].total()
    assert 580 <= seen["swedish"]["sv"] <= 600
    assert seen["startups"]["en"] >= 0.99 * seen["startups"].total()
