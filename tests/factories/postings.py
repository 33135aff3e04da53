"""Postings of tests, made by the same actions as everybody's."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cscareers.core.salary import PayBand, PayPeriod
from postings.actions.lifecycle import hand_in_many, submit_for_review
from postings.actions.moderation import approve, approve_many
from postings.actions.postings import NewPosting, create_posting, create_postings
from postings.content import Place, PostingContent, RequirementRow, ZonedPay
from postings.enums import (
    EmploymentType,
    Importance,
    Level,
    Origin,
    RequirementKind,
    WorkMode,
)
from postings.models import Posting
from profiles.enums import Industry
from profiles.models import Employer, User
from tests.factories.people import make_employer
from tests.factories.places import COLUMBUS, reference_rows


def pay(
    low: int | str = 60_000,
    high: int | str = 75_000,
    currency: str = "USD",
    period: PayPeriod = PayPeriod.YEAR,
    *,
    hours: int | None = None,
    zone: tuple[str, ...] = (),
) -> ZonedPay:
    """A band, by default for everywhere."""
    band = PayBand(
        minimum=Decimal(low),
        maximum=Decimal(high),
        currency=currency,
        period=period,
        hours_per_week=None if hours is None else Decimal(hours),
    )
    return ZonedPay(band=band, zone=zone)


def asks(skill: str, number: int = 1, **fields: Any) -> RequirementRow:
    """A must-have that names a term of the taxonomy."""
    values = {"kind": RequirementKind.SKILL, "importance": Importance.MUST, **fields}
    return RequirementRow(id=f"r{number}", skill=skill, **values)


def complete_content(**changes: Any) -> PostingContent:
    """A content that can be submitted, with `changes` to it."""
    content = PostingContent(
        title="Customer Service Manager",
        level=Level.MANAGER,
        industry=Industry.RETAIL,
        employment=(EmploymentType.FULL_TIME,),
        mode=WorkMode.HYBRID,
        onsite_days=8,
        locations=(Place("US", COLUMBUS),),
        pay_bands=(pay(),),
        responsibilities=(
            "Lead a team of twelve who answer by phone and chat.",
            "Plan shifts a month ahead.",
            "Settle the complaints that others could not.",
        ),
        requirements=(asks("complaint-handling", min_level=3),),
        vacancy_exists=True,
        ai_used=False,
        apply_url="https://example.test/apply",
        description="You look after the people who look after our customers.",
    )
    return content.with_(**changes)


def draft_posting(
    *,
    employer: Employer | None = None,
    author: User | None = None,
    now: datetime | None = None,
    content: PostingContent | None = None,
    **changes: Any,
) -> Posting:
    """A draft that could be submitted."""
    reference_rows()
    return create_posting(
        employer=employer or make_employer(),
        actor=author,
        now=now or datetime.now(UTC),
        content=content or complete_content(**changes),
    )


def submitted_posting(**arguments: Any) -> Posting:
    """A posting in review; see `draft_posting`."""
    now = arguments.setdefault("now", datetime.now(UTC))
    posting = draft_posting(**arguments)
    submit_for_review(
        posting=posting,
        revision=posting.revisions.get(),
        actor=arguments.get("author"),
        now=now,
    )
    return posting


def published_posting(
    *, moderator: User | None = None, first_published_at: datetime | None = None, **arguments: Any
) -> Posting:
    """A posting that the public sees, as of `now` (by default the present); see `draft_posting`.

    Keywords that are fields of a content change `complete_content`.
    """
    now = arguments.setdefault("now", datetime.now(UTC))
    posting = submitted_posting(**arguments)
    return approve(
        revision=posting.revisions.get(),
        actor=moderator,
        now=now,
        first_published_at=first_published_at,
    )


def published_postings(
    count: int, *, employer: Employer | None = None, now: datetime | None = None, **changes: Any
) -> list[Posting]:
    """That many public postings, each of `employer` or of one of its own, made all at once: fifty
    cost what three made one by one do. In `changes`, texts may hold `{number}`, from 0."""
    reference_rows()
    now = now or datetime.now(UTC)
    new = [
        NewPosting(
            employer=employer or make_employer(),
            content=complete_content(
                **{
                    name: value.format(number=number) if isinstance(value, str) else value
                    for name, value in changes.items()
                }
            ),
        )
        for number in range(count)
    ]
    drafts = create_postings(new=new, actor=None, now=now, origin=Origin.FORM)
    hand_in_many(
        postings=[draft.posting for draft in drafts],
        revisions={draft.posting_id: draft for draft in drafts},
        actor=None,
        now=now,
    )
    return approve_many(revisions=drafts, actor=None, now=now)
