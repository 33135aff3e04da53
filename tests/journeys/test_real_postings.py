"""Real postings on the board: found by words, level, place and pay, read, and kept in their frame
whatever their authors wrote into them."""

import json
from datetime import UTC, datetime
from io import StringIO
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import expect

from cscareers.core.models import City
from cscareers.core.nearby import city_words
from postings.models import Posting
from tests.factories.postings import published_posting
from tests.journeys.visitor import PHONE, NewVisitor, Visitor
from tests.shared_data import ROOT, needs

STARTUPS, NYC = "postings/startups.jsonl", "postings/nyc.jsonl"
LINES = 80
LONG = "Kundenzufriedenheitsverantwortungsübernahmebeauftragte " * 3
MOJIBAKE = "Chef dâ€™Ã©quipe â€“ service Ã  la clientÃ¨le � \u202e\u200b😀"


def load(folder: Path, name: str) -> dict[str, int]:
    """Import the first lines of a file and publish what can be; the report."""
    part = folder / Path(name).name
    with (ROOT / name).open(encoding="utf-8") as lines:
        part.write_text("".join(islice(lines, LINES)), encoding="utf-8")
    out = StringIO()
    call_command("import_postings", str(part), "--publish", stdout=out, stderr=StringIO())
    report: dict[str, int] = json.loads(out.getvalue())
    return report


def see(visitor: Visitor, path: str) -> None:
    """Open a page on a phone: it has one heading and fits."""
    page = visitor.open(path)
    page.set_viewport_size(PHONE)
    expect(page.locator("main h1"), path).to_have_count(1)
    visitor.judge_width(path)


@needs(STARTUPS, NYC)
def test_one_of_them_is_found_and_read(new_visitor: NewVisitor, tmp_path: Path) -> None:
    call_command("load_places", stdout=StringIO(), stderr=StringIO())
    call_command("load_taxonomy", stdout=StringIO(), stderr=StringIO())
    for name in (STARTUPS, NYC):
        load(tmp_path, name)
    now = datetime.now(UTC)
    shown = list(Posting.objects.published(now=now).order_by("pk"))
    assert len(shown) >= LINES // 2, len(shown)
    posting = _one_with_a_city(shown)
    content = posting.live_content
    assert content.level is not None
    band, city = content.pay_bands[0].band, content.locations[0].city

    reader = new_visitor()
    page = reader.open("/jobs/")
    page.get_by_label("Words in the job").fill(posting.title)
    reader.go(page.get_by_role("button", name="Search"))
    reader.touch(page.locator(f"label[for='level-{content.level}']"))
    page.locator("#f-near").fill(city_words(City.objects.get(pk=city)))
    page.get_by_label("Pay at least").fill(f"{int(band.annual_max)}")
    page.locator("#f-currency").select_option(band.currency)
    page.locator("#f-pay_period").select_option("year")
    reader.go(page.locator(".rail__go button"))
    reader.go(page.locator(f".card__t a[href='{posting.get_absolute_url()}']"))
    reader.stands_at(" ".join(posting.title.split()))
    reader.reads(posting.employer.name, at=".post__h")
    reader.reads(f"{int(band.maximum):,}", at=".pfacts .pay")

    longest = sorted(shown, key=lambda row: len(row.live_content.description))[-5:]
    titled = sorted(shown, key=lambda row: max(map(len, row.title.split())))[-5:]
    paths = ["/jobs/", "/jobs/?sort=pay", *(row.get_absolute_url() for row in (*longest, *titled))]
    for path in paths:
        see(reader, path)


def _one_with_a_city(postings: list[Posting]) -> Posting:
    """One whose place is a city and whose title is plain words."""
    for posting in postings:
        content = posting.live_content
        if content.locations and content.locations[0].city and posting.title.isascii():
            return posting
    raise AssertionError("none of the real postings has a city")


def test_a_page_holds_whatever_stands_in_it(new_visitor: NewVisitor) -> None:
    """Long words, mojibake and 20,000 characters, with markup that tries to break out."""
    word, wall = "x" * 300, "Wort " * 3900
    description = (
        f"# {LONG}\n\n{MOJIBAKE}\n\n{word}\n\n| a | b |\n|---|---|\n| {word} | 1 |\n\n{wall}"
    )
    posting = published_posting(
        title=f"{LONG}{MOJIBAKE}"[:160].strip(),
        description=description[:20_000],
        responsibilities=(word, MOJIBAKE, LONG.strip()),
        apply_url=f"https://example.test/{word}",
    )
    reader = new_visitor()
    for path in ("/jobs/", posting.get_absolute_url(), f"/employers/{posting.employer.slug}/"):
        see(reader, path)
