"""What people bring: told apart by what is in it, and refused with a word of its own."""

import json

import pytest

from profiles.cv.brought import STRANGE, WORD, Brought, NoCv, from_file, from_text
from profiles.cv.pdf import MESSAGES, Refusal
from profiles.enums import CvKind
from tests.profiles.cv.pdfs import document, stream, written


def told(data: bytes) -> list[str]:
    with pytest.raises(NoCv) as caught:
        from_file(data)
    return list(caught.value.messages)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Zendesk", Brought(CvKind.TEXT, text="Zendesk")),
        (b"\xef\xbb\xbfJos\xc3\xa9", Brought(CvKind.TEXT, text="José")),
        (b"Jos\xe9 \x93CRM\x94", Brought(CvKind.TEXT, text="José “CRM”")),
        ("Zoë".encode("utf-16"), Brought(CvKind.TEXT, text="Zoë")),
        (b"[2019] Zendesk", Brought(CvKind.TEXT, text="[2019] Zendesk")),
        (b' {"skills": []}', Brought(CvKind.JSON, document={"skills": []})),
    ],
)
def test_texts_and_json(data, expected):
    assert from_file(data) == expected


def test_a_pdf():
    found = from_file(document(stream(written("Zendesk since 2019"))))
    assert found == Brought(CvKind.PDF, text="Zendesk since 2019\n")


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (b"", [MESSAGES[Refusal.EMPTY]]),
        (b" \n", [MESSAGES[Refusal.EMPTY]]),
        (b"PK\x03\x04word/document.xml", [WORD]),
        (b"{\\rtf1 Zendesk}", [WORD]),
        (b"\xd0\xcf\x11\xe0\xa1", [WORD]),
        (b"GIF89a %PDF-1.7", [MESSAGES[Refusal.NO_PDF]]),
        (b"\x89PNG\r\n\x1a\n\0\0", [STRANGE]),
        (b"\xff\xfe\x00", [STRANGE]),
        (b"2019 - 2021 !!", ["We found no words in it."]),
        (b"a" * 100_001, ["This is longer than any CV. Bring at most 100,000 characters."]),
        (b"a" * (5 * 1024**2 + 1), [MESSAGES[Refusal.LARGE]]),
        (b'{"a": "' + b"a" * 1024**2 + b'"}', ["This JSON is larger than 1 MB. A CV is smaller."]),
        (b'{\n "skills": [}', ["This begins like JSON, but it is broken at line 2, column 13."]),
        (b'{"a": NaN}', ["This JSON holds a number or a nesting that nobody needs in a CV."]),
        (b'{"a": ' + b"9" * 5_000 + b"}",
         ["This JSON holds a number or a nesting that nobody needs in a CV."]),
        (b'{"a": ' + b"[" * 100_000,
         ["This JSON holds a number or a nesting that nobody needs in a CV."]),
        (b"[1]", ["The whole file: This must be an object."]),
        (b'{"work": [{"startDate": "soon"}], "skills": 3}', [
            "/work/0/startDate: This must be a date like 2023-04-29, 2023-04 or 2023.",
            "/skills: This must be a list.",
        ]),
    ],
    ids=range(18),
)  # fmt: skip
def test_each_refusal_says_why(data, messages):
    assert told(data) == messages


def test_of_many_wrong_places_the_first_are_shown():
    messages = told(json.dumps({"skills": [1] * 30}).encode())
    assert messages[0] == "/skills/0: This must be an object."
    assert (len(messages), messages[-1]) == (11, "And 20 more places like these.")
    assert told(json.dumps({"skills": [1] * 90}).encode())[-1] == (
        "And at least 40 more places like these."
    )


def test_pasted_json_is_json():
    assert from_text('\n{"basics": {}}').kind is CvKind.JSON
