"""What comes of each real file, and how fast: a markdown table for docs/figures.md.

Every run starts from a database without postings, in one transaction that is undone at its end.
After a second run over the same file comes one with an edited line. Beside lines a second by the
clock stand lines a second of processor time, Python's and PostgreSQL's together: what the clock
shows where nothing else runs.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from os import getloadavg, sysconf
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from postings.actions.imports import Line, Report, RunOrders, Written, import_lines
from postings.importers.schema_org import DraftReason
from tests.shared_data import ROOT, needs

FILES = ("nyc", "startups", "remote", "swedish", "without-description", "schemaorg-examples")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@needs(*(f"postings/{name}.jsonl" for name in FILES))
def test_each_real_file(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places", verbosity=0)
    rows = [of_file(name, publish=publish) for publish in (False, True) for name in FILES]
    with capsys.disabled():
        print(f"\nLoad average {getloadavg()[0]:.1f}\n")
        for number, row in enumerate(rows):
            if number == 0:
                print("| " + " | ".join(row) + " |")
                print("|---|" + "--:|" * (len(row) - 1))
            print("| " + " | ".join(map(str, row.values())) + " |")
        print("\n| file | languages seen |\n|---|---|")
        for name in FILES:
            print(f"| {name} | {languages(name)} |")


class Seconds(NamedTuple):
    clock: float
    processor: float


def of_file(name: str, *, publish: bool) -> dict[str, object]:
    """One row of the table."""
    lines = (ROOT / f"postings/{name}.jsonl").read_bytes().splitlines()
    with transaction.atomic():
        first, seconds = timed(lines, publish=publish)
        again, seconds_again = timed(lines, publish=publish)
        edited, _ = timed(with_an_edit(lines, first.lines), publish=publish)
        transaction.set_rollback(True)
    read, counts = first.counts["read"], first.counts
    assert read == again.counts["unchanged"] + len(again.refused)
    assert edited.counts["updated"] == 1
    reasons = {str(reason): first.reasons[reason] for reason in DraftReason}
    return {
        "file": name + (", --publish" if publish else ""),
        "read": read,
        "created": counts["created"],
        "unchanged": counts["unchanged"],
        "refused": len(first.refused),
        "published": counts["published"],
        "drafts": counts["drafts"],
        **reasons,
        "lines/s": round(read / seconds.clock),
        "by processor": round(read / seconds.processor),
        "second run": again.counts["unchanged"],
        "lines/s ": round(read / seconds_again.clock),
        "by processor ": round(read / seconds_again.processor),
        "one line edited": f"{edited.counts['updated']} updated",
    }


def timed(lines: list[bytes], *, publish: bool) -> tuple[Report, Seconds]:
    run = RunOrders(publish=publish, now=NOW, keep_lines=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    clock, processor = perf_counter(), process_time() + _seconds_of(backend)
    report = import_lines(lines=lines, run=run, progress=lambda number: None)
    processor = process_time() + _seconds_of(backend) - processor
    return report, Seconds(perf_counter() - clock, processor)


def _seconds_of(process: int) -> float:
    """Processor time of another process of this machine, where Linux tells it."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / sysconf("SC_CLK_TCK")


def with_an_edit(lines: list[bytes], told: list[Line]) -> list[bytes]:
    """The file with other words in the last line that made a posting and names it by its key."""
    new = [line.number for line in told if line.written is Written.CREATED]
    named = [number for number in new if b'"identifier"' in lines[number - 1]]
    edited = list(lines)
    at = (named or new)[-1] - 1
    document = json.loads(edited[at].decode("utf-8-sig"))
    document["employmentType"] = "PART_TIME, SEASONAL"
    edited[at] = json.dumps(document).encode()
    return edited


def languages(name: str) -> str:
    """How many postings of a file are in which language."""
    lines = (ROOT / f"postings/{name}.jsonl").read_bytes().splitlines()
    with transaction.atomic():
        report, _ = timed(lines, publish=False)
        transaction.set_rollback(True)
    seen = Counter(
        line.content.text_language
        for line in report.lines
        if line.content is not None and line.written is Written.CREATED
    )
    return ", ".join(f"{code} {number}" for code, number in seen.most_common())
