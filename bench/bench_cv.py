"""What a CV that is meant to hurt costs: seconds until the answer, and memory of the web worker.

Each file is made here; the goal is an answer within 10 s and a worker that grows by less than
20 MB. Good ones beside them: what a start of the child and the reading of a long CV take.
"""

import gc
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from profiles.cv.brought import NoCv, from_file
from profiles.cv.known import Known
from profiles.cv.pdf_child import MOST_BYTES
from profiles.cv.reading import MOST_CHARACTERS, read_text
from profiles.taxonomy.shipped import shipped_vocabulary
from tests.profiles.cv.pdfs import document, locked, packed, pdf, stream, written

MOST_SECONDS = 10
MOST_GROWTH_MB = 20
GOOD = document(stream(written("Team lead, Acme, Mar 2019 - present", "Zendesk")))
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ITSELF = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
MAP = (
    b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    b" 1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange endcmap"
)
COMPOSITE = b"<</Type/Font/Subtype/Type0/BaseFont/A/ToUnicode 6 0 R/Encoding/Identity-H>>"
FORM = b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>"


def corpus() -> Iterator[tuple[str, bytes]]:
    """Name and content of each file."""
    yield "good, one page", GOOD
    yield "good, 5 MB", GOOD + b"\0" * (MOST_BYTES - len(GOOD))
    yield "locked", locked(GOOD, reader="secret")
    yield "31 pages", document(stream(written("x")), pages=31)
    yield "100,000 pages", document(stream(written("x")), pages=100_000)
    yield "unpacks to 200 MB", document(packed(b" " * 200_000_000))
    yield "the same, packed three times", document(packed(b" " * 200_000_000, times=3))
    yield "40 filters", document(packed(b"BT", times=40))
    yield "a million operators", document(packed(b"BT (x) Tj ET\n" * 1_000_000))
    yield "200,000 nested lists", pdf([b"[" * 200_000])
    yield "pages inside themselves", pdf([CATALOGUE, ITSELF])
    yield "120,000 objects", pdf([CATALOGUE, ITSELF] + [b"1"] * 120_000)
    loose = b"".join(b"%d 0 obj\n1\nendobj\n" % number for number in range(200_000))
    yield "200,000 objects without a table", b"%PDF-1.7\n" + loose
    yield (
        "a font of 4 billion signs",
        document(stream(written("abc" * 1_000)), stream(MAP), font=COMPOSITE),
    )
    yield (
        "forms inside themselves",
        document(stream(b"/X Do " * 100), stream(b"/X Do /X Do", more=FORM)).replace(
            b"/Font<</F1 5 0 R>>", b"/XObject<</X 6 0 R>>"
        ),
    )
    yield "noise", b"%PDF-1.7" + bytes(range(256)) * 18_000
    yield "JSON, nested 400,000 times", b'{"a":' + b"[" * 400_000
    yield "JSON, a number of a million figures", b'{"a":' + b"9" * 1_000_000 + b"}"


def resident_mb(name: str) -> float:
    """A figure of this process out of /proc, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is read in /proc")
def test_hostile_files(capsys: pytest.CaptureFixture[str]) -> None:
    slowest = most = 0.0
    with capsys.disabled():
        print("\n\n| file | size | seconds | worker grew by | answer |\n|---|--:|--:|--:|---|")
        for name, data in corpus():
            gc.collect()
            Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
            before, begun = resident_mb("VmRSS"), time.perf_counter()
            try:
                answer = f"{len(from_file(data).text)} characters"
            except NoCv as error:
                answer = str(error)[:70]
            seconds = time.perf_counter() - begun
            grown = resident_mb("VmHWM") - before
            slowest, most = max(slowest, seconds), max(most, grown)
            size = f"{len(data) / 1024:,.0f} KB"
            print(f"| {name} | {size} | {seconds:.1f} | {grown:.1f} MB | {answer} |")
    assert slowest < MOST_SECONDS
    assert most < MOST_GROWTH_MB


def test_reading(capsys: pytest.CaptureFixture[str]) -> None:
    known = Known(vocabulary=shipped_vocabulary())
    one = "Experience\nTeam lead, Acme, Mar 2019 – present\n• Coaching agents with Zendesk\n"
    for many in (20, MOST_CHARACTERS // len(one)):
        begun = time.perf_counter()
        read_text(one * many, known, today=date(2026, 11, 22))
        with capsys.disabled():
            spent = 1_000 * (time.perf_counter() - begun)
            print(f"\n{len(one) * many:,} characters of a CV read in {spent:.0f} ms")
