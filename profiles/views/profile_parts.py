"""What a page of the profile shows: the sections at its side, its form, its lists of rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from profiles.access import UserRequest
from profiles.blocking import blocks_of, current_employers
from profiles.enums import SkillKind, Visibility
from profiles.forms.profile_block import BlockForm
from profiles.forms.profile_kinds import Kind, kinds_of
from profiles.forms.profile_row import TermForm
from profiles.labels import VISIBILITY_HINTS, label
from profiles.models import CandidateProfile, ProfileRow, Skill
from profiles.profile_page import outline
from profiles.profile_rows import Row, rows_of

_OWN_PAGES = ("about", "conditions", "visibility")


@dataclass(frozen=True, slots=True)
class Part:
    """A list of rows with at most one form in it: that of the row `open`, or of a new one.

    `quick` is the form below the list that takes a term alone.
    """

    kind: Kind
    rows: list[Row]
    form: forms.Form | None = None
    open: str = ""
    quick: forms.Form | None = None

    @property
    def is_new(self) -> bool:
        """True when the form makes a row."""
        return self.form is not None and not self.open

    @property
    def add_label(self) -> str:
        return f"Add a {self.kind.noun}"

    @property
    def add_hint(self) -> str:
        """What to write into the form that takes a term alone."""
        if self.kind.slug == "tools":
            return "The name of the program, like Zendesk or Excel."
        return "Write it as you would say it: “call monitoring”, “rota planning”. We find its name."

    @property
    def form_template(self) -> str:
        name = "skills" if self.kind.slug == "tools" else self.kind.slug
        return f"profiles/profile/forms/{name}.html"


def page_of(
    request: UserRequest,
    profile: CandidateProfile,
    slug: str,
    *,
    form: forms.Form | None = None,
    open_kind: Kind | None = None,
    row: ProfileRow | None = None,
    block_form: BlockForm | None = None,
) -> HttpResponse:
    """The page of a section. `form` is the section's own, or with `open_kind` that of a row: of
    `row`, or of a new one. `block_form`: as it was sent."""
    today = timezone.localdate()
    found = outline(profile)
    parts = _parts(profile, slug, form=form, open_kind=open_kind, row=row, today=today)
    context = {
        "sections": found,
        "section": next(one for one in found if one.slug == slug),
        "profile": profile,
        "form": block_form or form,
        "own_form": None if open_kind or block_form else form,
        "parts": parts,
        "terms": _terms(parts),
        "seen_by": label(Visibility(profile.visibility)),
        "seen_means": VISIBILITY_HINTS[Visibility(profile.visibility)],
    }
    if slug == "visibility":
        context |= _visibility(request, profile, block_form, today=today)
    name = slug if slug in _OWN_PAGES else "rows"
    return render(request, f"profiles/profile/{name}.html", context)


def _parts(
    profile: CandidateProfile,
    slug: str,
    *,
    form: forms.Form | None,
    open_kind: Kind | None,
    row: ProfileRow | None,
    today: date,
) -> list[Part]:
    found = []
    for kind in kinds_of(slug):
        rows = rows_of(profile, kind.slug, today=today)
        if kind == open_kind:
            found.append(Part(kind, rows, form, row.public_id if row else ""))
        else:
            quick = kind.quick and open_kind is None
            new = kind.form(profile=profile, today=today) if quick else None
            found.append(Part(kind, rows, quick=new))
    return found


def _visibility(
    request: UserRequest, profile: CandidateProfile, form: BlockForm | None, *, today: date
) -> dict[str, Any]:
    """What the page "Who can see this" shows beside its form."""
    blocks = blocks_of(profile)
    return {
        "visibility_hints": VISIBILITY_HINTS,
        "blocks": blocks,
        "block_form": form or BlockForm(),
        "current": current_employers(profile, request.user, blocks, today=today),
    }


def _terms(parts: list[Part]) -> list[str]:
    """Names that the browser offers while one types, without a script."""
    kinds: set[SkillKind] = set()
    for part in parts:
        form = part.form or part.quick
        if isinstance(form, TermForm):
            kinds |= {*form.kinds}
    if not kinds:
        return []
    terms = Skill.objects.approved().filter(kind__in=kinds).order_by("name", "pk")
    return list(terms.values_list("name", flat=True))
