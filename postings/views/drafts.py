"""What the pages of an employer's draft share: fetching it, what it lacks, its addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from cscareers.core.places import well_known_places
from cscareers.core.rates import current_rates
from postings.access import get_open_revision, get_posting_for_hiring, get_posting_for_member
from postings.cards import card_for
from postings.completeness import Problem, problems
from postings.content import PostingContent
from postings.enums import RevisionState
from postings.forms.steps import Step
from postings.models import Posting, PostingRevision
from postings.presentation import PostingCard
from postings.reading import Names, names_for, place_names
from postings.wording.hints import Hint, Text
from postings.wording.lint import lint, texts_of
from profiles.access import get_employer_for_hiring, get_employer_for_member
from profiles.models import Employer, User


@dataclass(frozen=True, slots=True)
class Draft:
    """The open revision of a posting, with its content and the names that this refers to."""

    employer: Employer
    posting: Posting
    revision: PostingRevision
    content: PostingContent
    names: Names

    @property
    def editable(self) -> bool:
        return self.revision.state == RevisionState.DRAFT

    @property
    def manage_url(self) -> str:
        return posting_url("manage", self.posting)

    @property
    def tasks_url(self) -> str:
        return posting_url("wizard", self.posting)

    @property
    def check_url(self) -> str:
        return posting_url("wizard_check", self.posting)

    def step_url(self, step: Step) -> str:
        return posting_url("wizard_step", self.posting, step=step.key)

    def missing(self, *, now: datetime) -> list[Problem]:
        """What keeps the draft from being submitted."""
        today = now.astimezone(ZoneInfo(self.employer.time_zone)).date()
        per_euro = current_rates().per_euro
        return list(problems(self.content, today=today, per_euro=per_euro))

    def hints(self) -> tuple[Hint, ...]:
        """What the lint advises on all that is saved."""
        return self.lint(texts_of(self.content), language=self.content.text_language)

    def lint(self, texts: Iterable[Text], *, language: str) -> tuple[Hint, ...]:
        """What the lint advises on `texts` of this draft, saved or typed."""
        return lint(
            texts,
            language=language,
            employer_name=self.employer.name,
            places=place_names(self.content, self.names),
            gazetteer=well_known_places(),
        )

    def card(self, *, now: datetime) -> PostingCard:
        """The draft as lists would show it."""
        return card_for(
            content=self.content,
            names=self.names,
            employer=self.employer,
            posting=self.posting,
            now=now,
        )


def signed_in(request: HttpRequest) -> User:
    """The person who asks; the middleware lets nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101 - LoginRequiredMiddleware
    return request.user


def open_draft(request: HttpRequest, employer: str, public_id: str) -> Draft:
    """The draft that the person who asks may work on; raises Http404 for everybody else."""
    user = signed_in(request)
    owner = get_employer_for_hiring(user, employer)
    return _draft(owner, get_posting_for_hiring(user, owner, public_id))


def seen_draft(request: HttpRequest, employer: str, public_id: str) -> Draft:
    """The draft that the person who asks may look at; raises Http404 outside of its team."""
    user = signed_in(request)
    owner = get_employer_for_member(user, employer)
    return _draft(owner, get_posting_for_member(user, owner, public_id))


def _draft(owner: Employer, posting: Posting) -> Draft:
    revision = get_open_revision(posting)
    content = revision.value
    return Draft(owner, posting, revision, content, names_for([content]))


def posting_url(name: str, posting: Posting, **more: str) -> str:
    """The address of a page of the employer's side of `posting`."""
    kwargs = {"employer": posting.employer.slug, "public_id": posting.public_id, **more}
    return reverse(f"postings:{name}", kwargs=kwargs)


def desk_context(employer: Employer) -> dict[str, Any]:
    """What every page of an employer's side passes to its template."""
    return {
        "employer": employer,
        "desk_url": reverse("postings:desk", kwargs={"employer": employer.slug}),
    }
