"""Whatever a file holds, each line of it is judged and none breaks the run.

IMPORT_LINES says how many mutated lines are tried.
"""

import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from postings.actions.imports import Report, RunOrders, Written, import_lines
from postings.importers.lines import MAX_LINE, read_lines
from postings.importers.schema_org import DraftReason, Refusal
from postings.models import Posting
from tests.factories.places import reference_rows
from tests.shared_data import ROOT

LINES = int(os.environ.get("IMPORT_LINES", "150"))
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Customer Service Manager",
    "description": "<p>Lead a team of <b>twelve</b>.</p>",
    "identifier": {"@type": "PropertyValue", "value": "A-1"},
    "hiringOrganization": {"name": "Acme", "sameAs": "https://acme.test"},
    "jobLocation": {"address": {"addressLocality": "Columbus", "addressCountry": "US"}},
    "baseSalary": {
        "currency": "USD",
        "value": {"minValue": 65000, "maxValue": 100000, "unitText": "YEAR"},
    },
    "datePosted": "2026-10-01",
    "validThrough": "2026-12-24",
    "employmentType": ["FULL_TIME"],
    "experienceRequirements": {"monthsOfExperience": 36},
    "url": "https://acme.test/jobs/1",
}


@pytest.fixture(autouse=True)
def _places() -> None:
    reference_rows()


def imported(content: bytes) -> Report:
    run = RunOrders(publish=True, now=NOW, keep_lines=True)
    return import_lines(
        lines=read_lines(io.BytesIO(content)), run=run, progress=lambda number: None
    )


def ad(**changes: Any) -> bytes:
    return json.dumps({**WHOLE, **changes}).encode()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jsonl", b"0" * 5_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (ad(description="x" * MAX_LINE), Refusal.TOO_LONG),
        (b" " * 3_000_000 + ad(), Refusal.TOO_LONG),
        (ad() + b"\0", Refusal.NOT_TEXT),
        (ad().decode().encode("utf-16"), Refusal.NOT_TEXT),
        (b"\x8d\x9d", Refusal.NOT_TEXT),
        (ad()[:-1], Refusal.NOT_JSON),
        (b"[" * 100_000 + b"]" * 100_000, Refusal.NOT_JSON),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, Refusal.NOT_JSON),
        (b"9" * 5_000, Refusal.NOT_JSON),
        (b"[]", Refusal.NOT_AN_OBJECT),
        (b"NaN", Refusal.NOT_AN_OBJECT),
        (b'{"@type": "Person"}', Refusal.NOT_A_JOB_POSTING),
        (ad(title="\x00"), Refusal.NO_TITLE),
        (ad(hiringOrganization="\ud800"), Refusal.NO_EMPLOYER),
    ],
    ids=lambda value: value if isinstance(value, Refusal) else "",
)
def test_a_line_that_is_no_job_is_refused_by_name_and_the_next_one_counts(
    line: bytes, reason: Refusal
) -> None:
    report = imported(line + b"\n" + ad())
    assert report.refused == [{"line": 1, "reasons": [reason]}]
    assert [told.written for told in report.lines] == [None, Written.CREATED]
    assert report.counts["published"] == 1


@pytest.mark.parametrize("archive", [zipped(), gzip.compress(os.urandom(300_000))])
def test_each_line_of_an_archive_is_refused(archive: bytes) -> None:
    report = imported(archive)
    assert report.counts["read"] == len(report.refused) > 0
    reasons = {reason for line in report.refused for reason in line["reasons"]}
    # A scrap between two line breaks may happen to be a digit: JSON, and no object.
    assert reasons <= {Refusal.NOT_TEXT, Refusal.NOT_JSON, Refusal.NOT_AN_OBJECT}


def test_an_empty_file_is_read() -> None:
    assert imported(b"").counts["read"] == imported(b"\n\r\n \n").counts["read"] == 0


def test_of_a_file_no_more_is_read_at_once_than_a_line_may_have() -> None:
    class Source(io.BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.most = max(self.most, size or 0)
            return super().readline(size)

    source = Source(b"x" * (3 * MAX_LINE) + b"\nshort\n")
    assert [len(line) for line in read_lines(source)] == [MAX_LINE + 2, 6]
    assert source.most == MAX_LINE + 2


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + ad() + b"\r\n",
        ad() + b"\r\n\r\n",
        b"\n\n" + ad(),
        ad().replace(b"{", b" {"),
    ],
)
def test_marks_and_line_ends_change_nothing(content: bytes) -> None:
    report = imported(content)
    assert (report.counts["read"], report.counts["published"]) == (1, 1)


def test_a_line_in_latin_1_keeps_its_letters() -> None:
    line = json.dumps({**WHOLE, "title": "Kundenbetreuer für Köln, Manager"}, ensure_ascii=False)
    assert imported(line.encode("latin-1")).counts["published"] == 1
    assert Posting.objects.get().title == "Kundenbetreuer für Köln, Manager"


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"datePosted": "0000-00-00", "validThrough": "10000-01-01"}, ()),
        ({"datePosted": "0001-01-01", "validThrough": "9999-12-31T23:59:59-14:00"}, ()),
        ({"validThrough": "0001-01-01T00:00:00+14:00"}, ()),
        ({"validThrough": "0002-01-01"}, (DraftReason.OVER,)),
        ({"baseSalary": {"currency": "USD", "value": 1e400}}, (DraftReason.NO_PAY,)),
        ({"baseSalary": {"currency": "USD", "value": "1e400"}}, (DraftReason.NO_PAY,)),
        ({"baseSalary": {"currency": "USD", "value": -(10**400)}}, (DraftReason.NO_PAY,)),
        ({"url": "https://acme.test/\ud800\x00", "identifier": "\x00\ud800"}, ()),
    ],
)
def test_impossible_values_are_left_out(
    changes: dict[str, Any], reasons: tuple[DraftReason, ...]
) -> None:
    [line] = imported(ad(**changes)).lines
    assert (line.written, line.reasons) == (Written.CREATED, reasons)


def test_of_a_key_that_stands_twice_the_later_counts() -> None:
    imported(ad().replace(b'"title"', b'"title": "First Agent", "title"', 1))
    assert Posting.objects.get().title == "Customer Service Manager"


def test_a_script_in_every_field_ends_nowhere(client: Client) -> None:
    odd = "Manager</script><script>alert(1)</script>"
    fields = ("title", "identifier", "hiringOrganization", "employmentType", "description", "url")
    assert imported(ad(**dict.fromkeys(fields, odd))).counts["published"] == 1
    page = client.get(Posting.objects.get().get_absolute_url())
    assert page.status_code == 200
    assert b"alert(1)</script>" not in page.content


# --- Mutated lines ------------------------------------------------------------------------------

ODD = (
    None, True, 0, -1, 1e308, 10**30, "", " ", "\x00", "\ud800", "\u202e", "</script>", "<!--",
    "<![CDATA[", "&#0;&#xD800;", "0000-00-00", "10000-01-01", "2026-02-30", "$0 - $0",
    "€1 - €999.999.999.999", "up to 1e9", "x" * 20_000, "* " * 3_000, "[](" * 2_000,
    "<b>" * 2_000, "<ul><li>" * 500, [], {},
    [[[[[[[]]]]]]], {"@value": {"@value": {"@value": "x"}}}, ["a", 1, None, {"name": []}],
    {"name": {"name": {"name": "x"}}}, "Remote (US; DE) / New York or London", "VP",
    "javascript:alert(1)", "http://[", "😀" * 300, "İ" * 200, "ﬀ" * 200, "12 Main St, Columbus, US",
)  # fmt: skip


def sources() -> list[dict[str, Any]]:
    path = ROOT / "postings/schemaorg-examples.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [WHOLE, *(json.loads(line) for line in lines if line.strip())]


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each container inside `value` with each of its keys."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield value, key
        if isinstance(inner, dict | list):
            yield from spots(inner)


def mutated(dice: random.Random, source: dict[str, Any]) -> bytes:
    document = json.loads(json.dumps(source))
    for _ in range(dice.randint(1, 4)):
        container, key = dice.choice(list(spots(document)) or [(document, "title")])
        if dice.random() < 0.15:
            del container[key]
        else:
            container[key] = deepcopy(dice.choice(ODD))
        if not document:
            break
    line = json.dumps(document).encode()
    how = dice.random()
    if how < 0.05:
        return line[: dice.randrange(len(line))]
    if how < 0.12:
        at = dice.randrange(len(line))
        return line[:at] + bytes([dice.choice(b'\0\xff\xe9"{}[],:\\')]) + line[at + 1 :]
    return line


def test_mutated_lines_are_all_judged(client: Client) -> None:
    dice = random.Random(20261122)
    given = sources()
    lines = [mutated(dice, dice.choice(given)) for _ in range(LINES)]
    report = imported(b"\n".join(lines))
    written = sum(report.counts[name] for name in ("created", "updated", "unchanged"))
    assert report.counts["read"] == LINES == written + len(report.refused)
    assert [line.number for line in report.lines] == list(range(1, LINES + 1))
    assert Posting.objects.count() == report.counts["created"]
    public = Posting.objects.published(now=NOW)
    assert public.count() == report.counts["published"] > 0
    for posting in public.order_by("pk")[: LINES // 15]:
        assert client.get(posting.get_absolute_url()).status_code == 200
    assert client.get("/jobs/").status_code == 200
    again = imported(b"\n".join(lines))
    assert (again.counts["created"], again.counts["published"]) == (0, 0)
