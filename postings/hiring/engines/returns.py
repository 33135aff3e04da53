"""Whom to ask whether they applied: people who left for an employer's site."""

from typing import Final

from postings.hiring.models import HandOff
from postings.traces import Question
from profiles.models import User

MOST: Final = 3
"""So many are asked about at once."""


def questions_for(user: User) -> list[Question]:
    """About whatever somebody left for and has not told of, the last first; one query."""
    rows = HandOff.objects.filter(user=user, settled="")
    rows = rows.select_related("posting__employer", "posting__live_revision")
    return [Question.about(row.posting) for row in rows.order_by("-at", "-pk")[:MOST]]
