"""What is read out of the text of a real ad alone: a markdown table for docs/figures.md.

Title and description of each ad are pasted as an employer would paste them, without the fields
beside them. What the source states there (pay, way of working, employment) is then compared with
what was read, where both say something. Places are texts here: nobody looks them up.
"""

from collections import Counter
from collections.abc import Iterator
from time import process_time

import pytest

from postings.content import PostingContent
from postings.enums import WorkMode
from postings.importers.ad_text import read_ad
from postings.importers.schema_org import PostingDraft, read_line, read_posting
from tests.shared_data import ROOT, needs

FILES = ("nyc", "startups", "remote")
ANSWERS = ("title", "level", "mode", "employment", "pay_bands", "responsibilities", "apply_url")
COMPARED = ("mode", "employment", "pay_bands")
MOST = 20_000
MANY = 3


@needs(*(f"postings/{name}.jsonl" for name in FILES))
def test_ads_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        head = ("file", "ads", *ANSWERS, "places", *(f"{name} agrees" for name in COMPARED), "ms")
        print("\n| " + " | ".join(head) + " |\n|---|" + "--:|" * (len(head) - 1))
        for name in FILES:
            print("| " + " | ".join(row_of(name)) + " |")


def row_of(name: str) -> Iterator[str]:
    """File, ads, share of ads with each answer, agreement with the source, time."""
    read: Counter[str] = Counter()
    same: Counter[str] = Counter()
    both: Counter[str] = Counter()
    ads, seconds = 0, 0.0
    for line in (ROOT / f"postings/{name}.jsonl").read_text().splitlines():
        source = read_line(line)
        if not isinstance(source, PostingDraft) or not source.content.description:
            continue
        stated = source.content
        begun = process_time()
        draft = pasted(stated)
        seconds += process_time() - begun
        ads += 1
        said = {field: getattr(draft.content, field) for field in ANSWERS}
        if said["mode"] is WorkMode.ONSITE:  # concluded from a place, which somebody must know
            said["mode"] = None
        read.update(field for field, value in said.items() if is_there(field, value))
        read["places"] += bool(draft.places)
        for field in COMPARED:
            theirs = getattr(stated, field)
            from_text = field == "pay_bands" and field in stated.guessed
            if said[field] and theirs and not from_text:
                both[field] += 1
                same[field] += said[field] == theirs
    yield name
    yield f"{ads:,}"
    for field in (*ANSWERS, "places"):
        yield f"{100 * read[field] / ads:.1f} %"
    for field in COMPARED:
        yield f"{same[field]} of {both[field]}"
    yield f"{1000 * seconds / ads:.1f}"


def is_there(field: str, value: object) -> bool:
    if isinstance(value, tuple) and field == "responsibilities":
        return len(value) >= MANY
    return bool(value)


def pasted(stated: PostingContent) -> PostingDraft:
    """The ad's title and text, read as if that was all there is."""
    text = f"{stated.title}\n\n{stated.description}".replace("\\", "")
    draft = read_posting(read_ad(text[:MOST]).document, untitled=True)
    assert isinstance(draft, PostingDraft)
    return draft
