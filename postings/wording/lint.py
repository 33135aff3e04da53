"""All hints on a posting's texts; see the package."""

from collections.abc import Iterable, Iterator, Sequence, Set

from postings.content import PostingContent
from postings.wording.asks import contact_hints, payment_hints
from postings.wording.hints import Hint, Text
from postings.wording.titles import title_hints
from postings.wording.words import word_hints


def hints_for(
    content: PostingContent,
    *,
    employer_name: str,
    places: Sequence[str],
    gazetteer: Set[str] = frozenset(),
) -> tuple[Hint, ...]:
    """All that the lint has to say about a posting, in the order of its fields and texts.

    `places`: names of the posting's own places. `gazetteer`: folded names of places in general.
    """
    return lint(
        texts_of(content),
        language=content.text_language,
        employer_name=employer_name,
        places=places,
        gazetteer=gazetteer,
    )


def lint(
    texts: Iterable[Text],
    *,
    language: str,
    employer_name: str = "",
    places: Sequence[str] = (),
    gazetteer: Set[str] = frozenset(),
) -> tuple[Hint, ...]:
    """The hints on `texts`, ordered by where they stand in each."""
    found: list[Hint] = []
    for text in texts:
        hints = [*payment_hints(text), *contact_hints(text)]
        if language == "en" and text.field != "apply_url":
            hints += word_hints(text)
        if text.field == "title":
            hints += title_hints(
                text, employer_name=employer_name, places=places, gazetteer=gazetteer
            )
        found += sorted(hints, key=lambda hint: (hint.start, hint.end, hint.code))
    return tuple(found)


def walls(content: PostingContent) -> tuple[Hint, ...]:
    """What keeps the posting from being submitted: requests for a payment, in any language that
    the rules read, whatever the posting says its language is."""
    return tuple(hint for text in texts_of(content) for hint in payment_hints(text))


def texts_of(content: PostingContent) -> tuple[Text, ...]:
    """The texts that people wrote, in the order of the wizard."""
    return tuple(text for text in _texts(content) if text.text.strip())


def _texts(content: PostingContent) -> Iterator[Text]:
    yield Text("title", content.title)
    yield Text("description", content.description)
    yield from _rows("extra_pay", (extra.value for extra in content.extra_pay))
    yield from _rows("benefits", (benefit.value for benefit in content.benefits))
    yield from _rows("responsibilities", content.responsibilities)
    yield from _rows("kpis", (kpi.target for kpi in content.kpis))
    yield from _rows("requirements", (row.name for row in content.requirements))
    yield Text("apply_url", content.apply_url)
    yield from _rows("questions", content.questions)
    yield Text("ai_note", content.ai_note)


def _rows(field: str, texts: Iterable[str]) -> Iterator[Text]:
    return (Text(field, text, row) for row, text in enumerate(texts))
