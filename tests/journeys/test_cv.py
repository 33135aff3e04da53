"""A new candidate: from sign-up to the first explained match by bringing a CV."""

import re
import time
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from postings.enums import Cefr, RequirementKind
from tests.factories.postings import asks, published_posting
from tests.journeys.test_main_journey import sign_up
from tests.journeys.visitor import NewVisitor, Visitor
from tests.profiles.cv.pdfs import document, stream, written

MOST_SECONDS = 180
CV = document(
    stream(
        written(
            "Experience",
            "Team lead, Acme, 2019-01 to 2021-06",
            "Zendesk (advanced), coaching",
            "Languages",
            "Spanish (B2)",
        )
    )
)
ROWS = (
    asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3),
    asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2),
)


def bring(seeker: Visitor, *, judged: bool) -> None:
    """A PDF, of which all but one suggestion is taken."""
    seeker.open("/me/profile/")
    seeker.follow("Bring a CV")
    if judged:
        seeker.judge("cv-bring")
    seeker.press("Read it")
    seeker.reads("Choose a file, or paste the text of your CV.")
    cv = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": CV}
    seeker.page.set_input_files("[name=file]", [cv])  # type: ignore[list-item]
    seeker.press("Read it")
    seeker.stands_at("What we read in your CV")
    if judged:
        seeker.judge("cv-suggestions")
    seeker.page.get_by_label("Coaching", exact=False).first.uncheck()
    seeker.press("Take what is ticked")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_sign_up_to_an_explained_match(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    script: bool,
) -> None:
    posting = published_posting(requirements=ROWS)
    begun = time.monotonic()
    seeker = new_visitor(script=script)
    sign_up(seeker, run_jobs, mailoutbox)
    bring(seeker, judged=script)
    seeker.stands_at("Your matches")
    seeker.reads("facts are in your profile now.", posting.title, "Meets all must-haves")
    seeker.unfold()
    seeker.follow("This match on a page of its own")
    seeker.stands_at(f"Your match: {posting.title}")
    seeker.reads("Zendesk", "Spanish")
    assert time.monotonic() - begun < MOST_SECONDS

    seeker.open("/me/profile/tools/")
    seeker.follow("Change Zendesk")
    seeker.fill(level="1")
    seeker.press("Save tool")
    seeker.open("/me/matches/")
    seeker.reads("One gap: Zendesk")
    expect(seeker.page).to_have_url(re.compile("/me/matches/$"))
