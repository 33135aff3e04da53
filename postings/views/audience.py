"""Whom the must-haves of a draft remove: beside its rows as one types, and all of them before it
is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from postings.actions.audience import MOST_QUESTIONS, AskedEnough, NotVerified, ask
from postings.audience.blur import LEAST_POOL
from postings.audience.effects import Effects
from postings.audience.lines import EffectLine, left, row_lines, share, together
from postings.content import PostingContent
from postings.forms.requirements import RequirementsPage
from postings.matching.inputs import PostingFacts, Term, posting_facts
from postings.matching.words import subject
from postings.views.drafts import Draft, open_draft, posting_url

UNVERIFIED = (
    "Once this employer is verified, this page says how many people each must-have removes."
)
ENOUGH = (
    f"Your team has asked {MOST_QUESTIONS} different questions today, and we answer no more a day."
    " The figures are back tomorrow."
)
TOO_FEW = (
    "Few people here fit this job’s country, way of working, pay, visa and level. Of fewer than"
    f" about {LEAST_POOL} people we give no figures, so that nobody can be recognised."
)
RANKS_ONLY = EffectLine("Ranks people, removes nobody")
POOL = "Their country, way of working, least pay, visa and level fit, or they don’t say."


@dataclass(frozen=True, slots=True)
class People:
    """The panel beside the rows. `pool` empty: no figures, and `words` say why. `left` empty: there
    is no must-have. `lines` by the id of a row: what it removes."""

    url: str
    title: str
    words: str
    pool: str = ""
    together: str = ""
    left: str = ""
    left_drawn: int = 0
    day: date | None = None
    capped: bool = False
    lines: Mapping[str, EffectLine] = field(default_factory=dict)

    @property
    def musts(self) -> list[EffectLine]:
        """The lines of must-haves, alternatives as one."""
        return [line for line in self.lines.values() if line.drawn is not None]


@require_POST
def wizard_people(request: HttpRequest, employer: str, public_id: str) -> HttpResponse:
    """The panel and what stands at each row, for rows as they are being typed. Saves nothing."""
    draft = open_draft(request, employer, public_id)
    page = RequirementsPage.sent(request.POST)
    people = people_beside(page, draft, now=timezone.now())
    context = {"people": people, "rows": page.rows["requirements"]}
    return render(request, "postings/wizard/_people_live.html", context)


def people_beside(page: RequirementsPage, draft: Draft, *, now: datetime) -> People:
    """The panel for what stands on `page`, whose rows get their lines."""
    asked = page.asked(draft.names)
    people = _people(draft, draft.content.with_(requirements=asked.rows), asked.terms, now=now)
    page.draw(people.lines)
    return people


def people_of(draft: Draft, *, now: datetime) -> People:
    """The panel for what is saved."""
    terms = {slug: Term(skill.slug, skill.name) for slug, skill in draft.names.skills.items()}
    return _people(draft, draft.content, terms, now=now)


def _people(
    draft: Draft, content: PostingContent, terms: Mapping[str, Term], *, now: datetime
) -> People:
    url = posting_url("wizard_people", draft.posting)
    # Distances are not counted, see ADR 9: the cities are left out.
    # Whoever writes the rows sees them as they stand: to look at a guess is to judge it.
    content = content.with_(guessed=())
    facts = posting_facts(
        content, id=draft.posting.public_id, published_at=now, terms=terms, spots={}
    )
    try:
        found = ask(employer=draft.employer, posting=facts, now=now)
    except NotVerified:
        return People(url, "Whom must-haves remove", UNVERIFIED)
    except AskedEnough:
        return People(url, "Enough for today", ENOUGH)
    if found.pool is None:
        return People(url, "Too few people to count", TOO_FEW, day=found.day)
    return _figures(url, found, facts, pool=found.pool)


def _figures(url: str, found: Effects, facts: PostingFacts, *, pool: int) -> People:
    names = {one.id: subject(one) for group in facts.rows for one in group}
    nice = {one.id: RANKS_ONLY for group in facts.rows for one in group if not one.must}
    all_musts = found.together
    return People(
        url,
        title="Whom must-haves remove",
        words=POOL,
        pool=f"{pool:,}",
        together=together(all_musts, len(found.rows)) if all_musts and len(found.rows) > 1 else "",
        left=left(all_musts, pool) if all_musts else "",
        left_drawn=100 - share(all_musts, pool) if all_musts else 0,
        day=found.day,
        capped=found.capped,
        lines={**nice, **row_lines(found, names)},
    )
