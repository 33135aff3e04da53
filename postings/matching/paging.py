"""A page of matches: so many, behind the posting that the last page ended with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from postings.matching.ranking import Match

BAD_CURSOR: Final = "This link to a further page is not valid. Start at the first."


class UnknownPosting(ValueError):
    """The posting that a page should begin behind is not among the matches."""

    def __init__(self) -> None:
        super().__init__(BAD_CURSOR)


@dataclass(frozen=True, slots=True)
class Slice:
    """`shown` begin at index `begin`; `following` is the id to go on behind, "" at the end."""

    shown: tuple[Match, ...]
    begin: int
    following: str


def slice_after(
    every: Sequence[Match], after: str, size: int, *, among: Sequence[Match] | None = None
) -> Slice:
    """The first of `every`, or those behind the posting `after`; it may be one of `among`, in whose
    order `every` stands. Raises UnknownPosting."""
    begin = 0
    if after:
        order = {found.posting.id: place for place, found in enumerate(among or every)}
        if after not in order:
            raise UnknownPosting
        begin = sum(order[found.posting.id] <= order[after] for found in every)
    shown = tuple(every[begin : begin + size])
    more = begin + len(shown) < len(every)
    return Slice(shown, begin, shown[-1].posting.id if more else "")
