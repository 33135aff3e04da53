"""The question "Did you apply?", on whichever page of one's own comes next."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest

from postings.hiring.engines.returns import questions_for
from postings.traces import Question
from profiles.models import User

LEFT: Final = "left_for_employer"
"""In the session of somebody signed in who left for an employer's site: until they have told."""


def asked_on_return(request: HttpRequest) -> dict[str, Callable[[], list[Question]]]:
    """What `base.html` asks. Only on pages under /me/, and only of whoever left in this session, so
    that no other page costs a query."""

    def questions() -> list[Question]:
        user = getattr(request, "user", None)
        if not isinstance(user, User) or not request.session.get(LEFT):
            return []
        found = questions_for(user)
        if not found:
            del request.session[LEFT]
        return found

    return {"returned": questions} if request.path.startswith("/me/") else {}
