"""What a team is shown of who applied: the one place that decides which name stands on a page, in a
mail to the team and in an export."""

from typing import Final

from postings.hiring.models import Application

NAMELESS: Final = "Candidate"


def shown_name(application: Application) -> str:
    """The name of whoever applied, as the team reads it; reads `application.copy`."""
    return application.copy.name or f"{NAMELESS} {application.public_id[:4].upper()}"
