"""Private notes of moderators."""

from datetime import datetime

from postings.models import ModeratorNote, Posting
from profiles.models import Employer, User


def write_note(
    *, about: Posting | Employer, text: str, actor: User, now: datetime
) -> ModeratorNote:
    """Keep a note on a posting or an employer, with who wrote it and when."""
    return ModeratorNote.objects.create(
        posting=about if isinstance(about, Posting) else None,
        employer=about if isinstance(about, Employer) else None,
        author=actor,
        author_label=actor.label,
        text=text,
        at=now,
    )
