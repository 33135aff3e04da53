"""PDFs in: text from good ones, a word of its own for each kind of bad one, limits that hold."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from profiles.cv import pdf, pdf_child
from profiles.cv.pdf import MESSAGES, Refusal, UnreadablePdf, text_of_pdf
from tests.profiles.cv.pdfs import document, locked, packed, stream, written
from tests.profiles.cv.pdfs import pdf as file_of

GOOD = document(stream(written("Jane Doe", "CRM (Zendesk)")))
# What a program could be made to do: nothing of it is looked at.
HOSTILE = document(
    stream(written("Jane Doe")),
    rb"<</S/JavaScript/JS(app.alert\(1\))>>",
    b"<</Type/Filespec/F(evil.exe)/EF<</F 8 0 R>>>>",
    stream(b"MZ evil"),
    catalogue=b"/OpenAction 6 0 R/AA<</O 6 0 R>>/Names<</EmbeddedFiles<</Names[(evil) 7 0 R]>>>>",
)
ITSELF = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
TALKATIVE = b"BT (x) Tj ET\n" * 45_000


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD, {"text": "Jane Doe\nCRM (Zendesk)\n"}),
        (HOSTILE, {"text": "Jane Doe\n"}),
        (GOOD + b"PK\x03\x04 and an archive", {"text": "Jane Doe\nCRM (Zendesk)\n"}),
        (locked(GOOD, reader=""), {"text": "Jane Doe\nCRM (Zendesk)\n"}),
        (locked(GOOD, reader="secret"), {"refused": "locked"}),
        (document(stream(written("x")), pages=31), {"refused": "long"}),
        (document(stream(b"0 0 600 800 re f")), {"refused": "pictures"}),
        (GOOD[:300], {"refused": "broken"}),
        (b"%PDF-1.7" + bytes(range(256)) * 40, {"refused": "broken"}),
        (file_of([b"<</Type/Catalog/Pages 2 0 R>>", ITSELF]), {"refused": "broken"}),
        (file_of([b"[" * 100_000]), {"refused": "broken"}),
        (document(packed(b" " * 40_000_000)), {"refused": "heavy"}),
        (document(packed(b" " * 40_000_000, times=3)), {"refused": "heavy"}),
        (document(packed(b"BT", times=40)), {"refused": "heavy"}),
        (document(packed(TALKATIVE)), {"refused": "heavy"}),
    ],
    ids=[
        "good",
        "hostile",
        "polyglot",
        "no-printing",
        "locked",
        "long",
        "pictures",
        "torn",
        "noise",
        "loop",
        "deep",
        "bomb",
        "nested-bomb",
        "filters",
        "operands",
    ],
)
def test_what_the_child_says(data, expected):
    assert pdf_child._answer(data) == expected


def test_a_long_text_is_cut():
    said = pdf_child._answer(document(stream(written("x" * 9_000)), pages=12))
    assert len(said["text"]) == pdf_child.MOST_CHARACTERS + 2 * 11


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"\n\n", Refusal.NO_PDF),
        (b"PK\x03\x04", Refusal.NO_PDF),
        (b"GIF89a" + GOOD, Refusal.NO_PDF),
        (b"<html>%PDF-1.7", Refusal.NO_PDF),
        (GOOD + b"\0" * pdf_child.MOST_BYTES, Refusal.LARGE),
    ],
)
def test_what_is_refused_without_a_child(data, why):
    with pytest.raises(UnreadablePdf) as caught:
        text_of_pdf(data)
    assert (caught.value.why, str(caught.value)) == (why, MESSAGES[why])


def test_each_refusal_has_words_of_its_own():
    assert len(set(MESSAGES.values())) == len(Refusal)


def test_a_child_reads_a_whole_file_of_the_largest_size():
    whole = GOOD + b"\0" * (pdf_child.MOST_BYTES - len(GOOD))
    assert text_of_pdf(whole) == "Jane Doe\nCRM (Zendesk)\n"


def test_a_childs_refusal_arrives_and_is_logged_without_what_stands_in_the_file(caplog):
    caplog.set_level("INFO", logger="profiles.cv.pdf")
    data = locked(GOOD, reader="secret")
    with pytest.raises(UnreadablePdf) as caught:
        text_of_pdf(data)
    assert caught.value.why == Refusal.LOCKED
    (record,) = caplog.records
    said = {**record.msg}
    del said["timestamp"]
    said.pop("level")
    assert said == {"event": "pdf_refused", "why": "locked", "bytes": len(data)}


def test_a_child_that_takes_too_long_is_ended():
    begun = time.monotonic()
    with pytest.raises(UnreadablePdf) as caught:
        pdf._read(GOOD, seconds=0.01)
    assert caught.value.why == Refusal.HEAVY
    assert time.monotonic() - begun < 5


def test_who_finds_no_free_place_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(pdf, "_WAIT_SECONDS", 0.01)
    with pdf._AT_ONCE, pdf._AT_ONCE, pytest.raises(UnreadablePdf) as caught:
        text_of_pdf(GOOD)
    assert caught.value.why == Refusal.BUSY


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are looked up in /proc")
def test_the_limits_stand_before_a_byte_is_read():
    command = [sys.executable, "-I", "-B", str(pdf._CHILD)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        wanted = {"address space": pdf_child.MEMORY, "cpu time": 8, "open files": 32, "core": 0}
        wanted |= {"file size": 0, "processes": 0}
        deadline = time.monotonic() + 10
        while (found := _limits(child.pid, wanted)) != wanted and time.monotonic() < deadline:
            time.sleep(0.01)
        child.kill()
    assert found == wanted


def _limits(pid: int, names: dict[str, int]) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for line in Path(f"/proc/{pid}/limits").read_text().splitlines():
        for name in names:
            if line.lower().startswith(f"max {name}"):
                soft = line[26:].split()[0]
                found[name] = int(soft) if soft.isdigit() else soft
    return found


def test_the_child_knows_nothing_of_the_product():
    imports = "import runpy, sys; runpy.run_path(sys.argv[1]); print(*sys.modules)"
    run = [sys.executable, "-I", "-B", "-c", imports, str(pdf._CHILD)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & {"django", "psycopg", "profiles", "cscareers", "postings"} == set()
