"""Cursors: what we wrote comes back, what we did not write is refused."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.search.cursor import BadCursor, Cursor, decode

KEYS = st.tuples(st.integers(-(2**63), 2**63 - 1), st.from_regex(r"[0-9a-z]{10}", fullmatch=True))


@given(keys=KEYS, ranked=st.booleans())
def test_there_and_back(keys, ranked):
    cursor = Cursor("pay", keys, ranked)
    assert decode(cursor.encode(), sort="pay", kinds=(int, str)) == cursor


def packed(document: str) -> str:
    return urlsafe_b64encode(document.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "é",
        "====",
        "x" * 301,
        packed("{}"),
        packed("[" * 150),
        packed("null"),
        packed('[1,"pay",1]'),
        packed('[2,"pay",1,5,"a"]'),
        packed('[1,"newest",1,5,"a"]'),
        packed('[1,"pay",7,5,"a"]'),
        packed('[1,"pay",1,"5","a"]'),
        packed('[1,"pay",1,true,"a"]'),
        packed('[1,"pay",1,5.5,"a"]'),
        packed('[1,"pay",1,NaN,"a"]'),
        packed('[1,"pay",1,9223372036854775808,"a"]'),
        packed('[1,"pay",1,5,"a\\u0000"]'),
        packed('[1,"pay",1,5,"\\ud800"]'),
    ],
)
def test_what_is_not_ours_is_refused(text):
    with pytest.raises(BadCursor):
        decode(text, sort="pay", kinds=(int, str))


@given(st.text(max_size=80))
def test_any_text_is_refused_or_read(text):
    with pytest.raises(BadCursor):
        decode(text, sort="pay", kinds=(int, str))
