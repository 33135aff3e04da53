"""The link of a mail that asks whether a posting is still open: who was asked, when, for which.

It is signed, so that it works logged out; what it may do is judged anew when it is followed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from django.core import signing

from postings.models import Posting
from postings.states import LIVE_STATES
from profiles.models import User

_SALT: Final = "hiring.confirm"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Standing(StrEnum):
    """What a link can still do."""

    ASKS = "asks"
    CONFIRMED = "confirmed"
    """Somebody has confirmed the posting since it was sent, perhaps by this link."""
    OVER = "over"
    """The posting ended, or nobody but us can open it."""


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """`confirmed_at` is the confirmation after which we asked."""

    posting: str
    user_id: int
    confirmed_at: datetime

    @classmethod
    def to(cls, user: User, posting: Posting) -> Self:
        """The link for `user`, who is asked about a posting that was confirmed once."""
        if posting.confirmed_at is None:
            raise LookupError(f"{posting.public_id} was never confirmed")
        return cls(posting.public_id, user.pk, posting.confirmed_at)

    @property
    def token(self) -> str:
        """The signed text that stands in the address."""
        micros = (self.confirmed_at - _EPOCH) // timedelta.resolution
        return signing.dumps([self.posting, self.user_id, micros], salt=_SALT)

    @classmethod
    def read(cls, token: str) -> Self:
        """The link that we signed; raises LookupError for anything else."""
        try:
            posting, user_id, micros = signing.loads(token, salt=_SALT)
        except signing.BadSignature as error:
            raise LookupError(token) from error
        return cls(posting, user_id, _EPOCH + timedelta(microseconds=micros))

    def standing(self, posting: Posting, *, now: datetime) -> Standing:
        """What the link can do for its posting as that is now."""
        runs = posting.state in LIVE_STATES and posting.closes_at and posting.closes_at > now
        if not runs or posting.withheld:
            return Standing.OVER
        return Standing.ASKS if posting.confirmed_at == self.confirmed_at else Standing.CONFIRMED
