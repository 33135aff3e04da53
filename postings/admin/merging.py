"""The page that merges a term into another: choose, see the impact, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from profiles.actions import skill_review
from profiles.admin.common import AnyAdmin
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill
from profiles.taxonomy import uses
from profiles.taxonomy.lookup import find_skill, suggest_skills

MOST_OFFERED = 8


def merge_page(model_admin: AnyAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the term that stays, show what moves, and on confirmation merge."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    skill = get_object_or_404(Skill.objects.exclude(status=SkillStatus.MERGED), pk=pk)
    typed = str((request.POST or request.GET).get("into", ""))[:120].replace("\0", "").strip()
    into = find_skill(typed, SkillKind(skill.kind)) if typed else None
    if request.method == "POST" and into is not None:
        try:
            return _merge(request, skill, into)
        except skill_review.NotMergeable as error:
            messages.error(request, str(error))
    return render(
        request,
        "admin/profiles/skill/merge.html",
        {
            **model_admin.admin_site.each_context(request),
            "title": f"Merge {skill.name}",
            "opts": model_admin.opts,
            "skill": skill,
            "typed": typed,
            "into": into if into != skill else None,
            "offered": _offered(skill, typed or skill.name),
            **_impact(skill),
        },
    )


def _merge(request: HttpRequest, skill: Skill, into: Skill) -> HttpResponse:
    actor: Any = request.user
    counts = skill_review.merge(skill=skill, into=into, actor=actor, now=timezone.now())
    messages.success(
        request, f"{skill.name} is {into.name} from now on: {uses.impact_words(counts)} moved."
    )
    return HttpResponseRedirect(reverse("admin:profiles_skill_change", args=(into.pk,)))


def _offered(skill: Skill, words: str) -> list[Skill]:
    """Terms that may be meant, of the same kind."""
    found = suggest_skills(words, SkillKind(skill.kind), limit=MOST_OFFERED)
    return [one.skill for one in found if one.skill.pk != skill.pk]


def _impact(skill: Skill) -> dict[str, object]:
    counts = uses.impact([skill])[skill.pk]
    return {
        "impact": uses.impact_words(counts),
        "aliases": list(skill.aliases.order_by("name", "pk").values_list("name", flat=True)),
    }
