"""Whatever is brought: reading it ends, and what is suggested fits into its columns."""

from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from profiles.cv.brought import NoCv, from_file, from_text
from profiles.cv.facts import LONGEST_QUOTE, read_fact
from profiles.cv.reading import read_text
from profiles.cv.resume_in import _OWN, Reading, names_in, read_resume
from profiles.cv.words import storable
from profiles.json_resume import DATE, SHAPE, TEXT, problems
from tests.profiles.cv.drawn import KNOWN
from tests.profiles.cv.test_reading import KNOWN as WORDS

TODAY = date(2026, 11, 22)
scraps = st.sampled_from(
    ["Experience", "Education", "Languages:", "Zendesk", "Coaching", "Spanish (B2)", "2019 - 2021",
     "Team lead, Acme", "Mar 2020 – present", "BSc Law", "ITIL, valid until 2027-13-45", "• ", "\n",
     "no ", "5 years of ", "https://a.b", "\0", "\ud800", "99/9999", "0000-00-00", " "]
)  # fmt: skip
pieces = st.lists(scraps | st.text(max_size=8), max_size=30).map(" ".join)
dates = st.sampled_from(["2019", "2019-02-31", "2019-13", "2020-02", "1000-19-39", "2999-12-31"])


def _of(shape: Any) -> st.SearchStrategy[Any]:
    if shape == DATE:
        return dates
    if shape == TEXT:
        return pieces | st.sampled_from(
            ["Zendesk", "itil", "Expert", "es", "US", "https://x.org/a"]
        )
    if isinstance(shape, list):
        return st.lists(_of(shape[0]), max_size=2)
    return st.fixed_dictionaries({}, optional={name: _of(one) for name, one in shape.items()})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
columns = ["slug", "level", "years", "code", "cefr", "city", "radius_km", "what", "kpi", "before"]
rows = st.lists(
    st.dictionaries(
        st.sampled_from(columns), anything | st.sampled_from(["zendesk", "es", 1, 22, "csat"])
    )
)
extras = st.dictionaries(st.sampled_from([*sorted(_OWN), "other"]), anything | rows)


def fits(reading: Reading) -> None:
    """Each fact is one that its columns take, with words to show for it."""
    for left_out in reading.not_taken:
        assert (left_out.where, left_out.why) == (storable(left_out.where), storable(left_out.why))
    for one in reading.suggestions:
        again, left = read_fact(one.fact.kind, one.fact.values, where="")
        assert (again, left) == (one.fact, [])
        assert 0 < len(one.quote) <= LONGEST_QUOTE
        assert one.quote == storable(one.quote)


@budget(max_examples=80)
@given(pieces)
@example(f"BSc Law {'Experience ' * 6}2019 - 2021 Mar 2020 – present ITIL, valid until 2027-13-45")
@example(f"Languages\nNow English, {'ab ' * 140}")
def test_any_text(text: str) -> None:
    fits(read_text(text, WORDS, today=TODAY))


@budget(max_examples=60)
@given(_of(SHAPE), st.none() | extras | anything)
def test_any_document_of_the_right_shape(document: dict[str, Any], own: Any) -> None:
    if own is not None:
        document = {**document, "x-cscareers": own}
    assert problems(document) == []
    names_in(document)
    fits(read_resume(document, KNOWN, today=TODAY))


@budget(max_examples=80)
@given(st.binary(max_size=60) | pieces.map(lambda text: text.encode("utf-8", "replace")))
def test_any_file(data: bytes) -> None:
    with suppress(NoCv):
        from_text(from_file(data).text)
