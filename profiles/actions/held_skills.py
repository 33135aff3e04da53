"""Where candidates name terms of the taxonomy, and how they follow when a term is merged.

Nothing is lowered: of two statements on what has become one term the better of each part stays.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from profiles.models import CandidateCertificate, CandidateSkill, Evidence, Skill
from profiles.taxonomy import uses


def candidates(skills: Collection[Skill]) -> Mapping[int, int]:
    """Profiles that name each term, as a skill, a certificate or in a piece of evidence."""
    keys = [skill.pk for skill in skills]
    pairs = CandidateSkill.objects.filter(skill__in=keys).values_list("skill", "profile")
    certificates = CandidateCertificate.objects.filter(skill__in=keys)
    evidence = Evidence.objects.filter(skill__in=keys)
    both = (rows.values_list("skill", "profile") for rows in (certificates, evidence))
    return Counter(skill for skill, _ in pairs.order_by().union(*both) if skill is not None)


def move_candidates(old: Skill, new: Skill) -> None:
    """Hand what candidates hold of `old` over to `new`."""
    _move_skills(old, new)
    _move_certificates(old, new)
    Evidence.objects.filter(skill=old).update(skill=new)


def _move_skills(old: Skill, new: Skill) -> None:
    there = {row.profile_id: row for row in CandidateSkill.objects.filter(skill=new)}
    for row in CandidateSkill.objects.filter(skill=old).order_by("pk"):
        kept = there.get(row.profile_id)
        if kept is None:
            row.skill = new
            row.save(update_fields=["skill"])
            continue
        kept.level = _better(kept.level, row.level)
        kept.years = max((y for y in (kept.years, row.years) if y is not None), default=None)
        kept.last_used = max(kept.last_used, row.last_used)
        kept.save(update_fields=["level", "years", "last_used"])
        row.delete()


def _better(one: int | None, other: int | None) -> int | None:
    """Held without a level is more than an explicit no, and less said than a level."""
    stated = max((level for level in (one, other) if level is not None), default=None)
    return None if stated == 0 and None in (one, other) else stated


def _move_certificates(old: Skill, new: Skill) -> None:
    there = {row.profile_id: row for row in CandidateCertificate.objects.filter(skill=new)}
    for row in CandidateCertificate.objects.filter(skill=old).order_by("pk"):
        kept = there.get(row.profile_id)
        if kept is None:
            row.skill = new
            row.save(update_fields=["skill"])
            continue
        lasting = None in (kept.expires, row.expires)
        dates = [day for day in (kept.expires, row.expires) if day is not None]
        kept.expires = None if lasting else max(dates)
        kept.save(update_fields=["expires"])
        row.delete()


def register() -> None:
    """See that a merge counts and moves what candidates hold."""
    use = uses.SkillUse("candidate", "candidates", candidates, move_candidates)
    uses.register("candidates", use)
