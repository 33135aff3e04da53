"""What an employer asks of the list of applications to one posting. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode

from postings.hiring.labels import STAGES

ORDERS: Final[Mapping[str, str]] = {
    "due": "Reply due first",
    "match": "Match",
    "newest": "Newest",
}
MUSTS: Final[Mapping[str, tuple[str, ...]]] = {"all": ("all",), "one_gap": ("all", "one_gap")}
"""How many must-haves are met, at least → the tiers of the match that hold it."""
LAST_PAGE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it was asked for; `stage`, `tag` (its name) and `musts` are "" for all."""

    view: str = "list"
    order: str = "due"
    stage: str = ""
    tag: str = ""
    musts: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str], *, by_match: bool) -> Self:
        """What a query string asks. What we don't know counts as not said, and what has to do with
        the match as well where an employer has switched it off."""
        order = query.get("order", "")
        musts = query.get("musts", "")
        stage = query.get("stage", "")
        number = query.get("page", "")
        return cls(
            view="board" if query.get("view") == "board" else "list",
            order=order if order in ORDERS and (by_match or order != "match") else "due",
            stage=stage if stage in STAGES else "",
            tag=query.get("tag", "").replace("\0", "").strip()[:100],
            musts=musts if by_match and musts in MUSTS else "",
            page=_page(number),
        )

    def query(self, **changes: str | int) -> str:
        """The query string of this list, or of one that differs by `changes`; on its first page
        unless they name another. "" for the plain list."""
        asked = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        plain = type(self)()
        said = {
            name: getattr(asked, name)
            for name in self.__slots__
            if getattr(asked, name) != getattr(plain, name)
        }
        return f"?{urlencode(said)}" if said else ""

    @property
    def narrows(self) -> bool:
        """It leaves out some of the applications."""
        return bool(self.stage or self.tag or self.musts)


def _page(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) <= 5):
        return 1
    return min(max(int(number), 1), LAST_PAGE)
