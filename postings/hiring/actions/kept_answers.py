"""What somebody said while applying goes into their profile, so that nobody asks them again."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from postings.content import PostingContent, RequirementRow
from postings.enums import RequirementKind
from postings.hiring.engines.answers import Answer
from postings.reading import names_for
from profiles.actions.candidates import RowGone, TooManyRows, profile_for, put_row, put_skill
from profiles.models import CandidateCertificate, CandidateLanguage, CandidateProfile, Skill, User


def keep_answers(
    *, user: User, content: PostingContent, answers: Mapping[str, Any], now: datetime
) -> None:
    """Write the answers on skills, tools, certificates and languages into the profile of `user`.

    Education and years of work stay with the application: a profile counts those from entries with
    dates, which one answer is not. So does a no to a language, for which it has no place. A full
    profile keeps nobody from applying, nor a row that somebody takes out at that moment.
    """
    said = [
        (row, Answer.from_json(answers[row.id])) for row in content.requirements
        if row.id in answers
    ]  # fmt: skip
    if not any(answer.held is not None for _, answer in said):
        return
    skills = names_for([content]).skills
    profile = profile_for(user=user, now=now)
    for row, answer in said:
        skill = skills.get(row.skill) if row.skill else None
        try:
            with transaction.atomic():
                _keep(profile, row, answer, skill, now)
        except (TooManyRows, RowGone, ValidationError):
            continue


def _keep(
    profile: CandidateProfile,
    row: RequirementRow,
    answer: Answer,
    skill: Skill | None,
    now: datetime,
) -> None:
    match row.kind:
        case RequirementKind.SKILL | RequirementKind.TOOL if skill and answer.held is not None:
            values: dict[str, Any] = {"level": answer.level if answer.held else 0}
            if answer.held and answer.years is not None:
                values["years"] = Decimal(str(float(answer.years)))
            put_skill(profile=profile, skill=skill, values=values, now=now)
        case RequirementKind.CERTIFICATE if skill and answer.held:
            _put_certificate(profile, skill, now)
        case RequirementKind.LANGUAGE if row.language and answer.held:
            _put_language(profile, row.language, answer.cefr or "", now)


def _put_certificate(profile: CandidateProfile, skill: Skill, now: datetime) -> None:
    held = profile.certificates.filter(skill=skill).first()
    if held is None or held.expires is not None:
        held = held or CandidateCertificate(skill=skill)
        held.expires = None
        put_row(profile=profile, row=held, now=now)


def _put_language(profile: CandidateProfile, code: str, cefr: str, now: datetime) -> None:
    spoken = profile.languages.filter(code=code).first() or CandidateLanguage(code=code)
    spoken.cefr = cefr or spoken.cefr
    put_row(profile=profile, row=spoken, now=now)
