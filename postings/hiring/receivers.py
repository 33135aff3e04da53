"""What hiring does when something happens to a posting; connected in `postings.apps`."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from postings.hiring.actions.endings import answer_everyone
from postings.models import Posting, PostingEvent
from postings.signals import posting_ended


@receiver(posting_ended)
def answer_open_applications(
    sender: object, posting: Posting, event: PostingEvent, now: datetime, **kwargs: Any
) -> None:
    """Whoever fills or closes a posting answers everybody who still waits; see `answer_everyone`.
    What runs out by its date leaves them open, and their answers due."""
    answer_everyone(posting=posting, event=event, now=now)
