"""What the risk rules look at: one value about one revision of a posting. Pure."""

from dataclasses import dataclass
from typing import Final

from postings.enums import Level
from postings.wording.hints import Text

PARAGRAPH: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class UsualPay:
    """What is usual for a level: the lowest tenth and the highest tenth a year, in `currency`.

    `country` is where it was measured, `source` says by whom and `months` how long ago.
    """

    low: int
    high: int
    currency: str
    country: str
    source: str
    months: int


@dataclass(frozen=True, slots=True)
class Pay:
    """A base band by the year, in the currency of `UsualPay`; where it applies."""

    low: int
    high: int
    words: str
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Twin:
    """A posting, live or in review, that says nearly the same."""

    title: str
    employer: str
    same_employer: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """See the module. What is None or empty is not known, and no rule hits by it.

    `employer_days` is how long the employer has been here, `employer_jobs` how many of its jobs
    were public before. Domains are registrable ones; `other_domains` are proven domains of other
    employers that resemble the address where people apply.
    """

    texts: tuple[Text, ...] = ()
    level: Level | None = None
    employer_days: int | None = None
    employer_jobs: int | None = None
    employer_verified: bool | None = None
    employer_text: str | None = None
    employer_logo: bool | None = None
    employer_domain: str = ""
    apply_domain: str = ""
    apply_email: str = ""
    author_email: str = ""
    other_domains: tuple[str, ...] = ()
    pay: Pay | None = None
    usual_pay: UsualPay | None = None
    twins: tuple[Twin, ...] = ()
    reports: int = 0
    fraud_reports: int = 0
    fraud_elsewhere: int = 0
    """Reports of fraud about the employer's other postings, but for those found wrong."""

    @property
    def title(self) -> str:
        return next((text.text for text in self.texts if text.field == "title"), "")

    @property
    def body(self) -> str:
        """All that was written but the title."""
        return PARAGRAPH.join(text.text for text in self.texts if text.field != "title")
