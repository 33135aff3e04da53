"""Where postings name terms of the taxonomy, and how they follow when a term is merged.

Contents keep the slug that was written: what is approved never changes. Reading resolves it to the
term that took its place (`SkillQuerySet.by_slug`); the projection is moved here.
"""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import connection
from django.db.models import Count

from cscareers.core.tasks import enqueue
from postings.actions import projection
from postings.models import Posting, Requirement
from postings.states import OPEN_REVISIONS
from profiles.models import Skill
from profiles.taxonomy import uses

_IN_CONTENTS: Final = """
SELECT term, count(DISTINCT revision.posting_id)
FROM postings_postingrevision AS revision,
     jsonb_path_query(revision.content, '$.requirements[*].skill') AS named,
     LATERAL (SELECT named #>> '{}' AS term) AS words
WHERE revision.state = ANY(%s) AND term = ANY(%s)
GROUP BY term
"""
_IN_DOCUMENTS: Final = """
UPDATE postings_searchdocument
SET skills = ARRAY(SELECT DISTINCT unnest(array_replace(skills, %s, %s)) AS skill ORDER BY skill)
WHERE skills @> ARRAY[%s]::integer[]
"""


def jobs(skills: Collection[Skill]) -> Mapping[int, int]:
    """Approved postings that ask for each term, whether they are open or over."""
    rows = Requirement.objects.filter(skill__in=[skill.pk for skill in skills])
    return dict(
        rows.order_by()
        .values_list("skill")
        .annotate(number=Count("posting", distinct=True))
        .values_list("skill", "number")
    )


def drafts(skills: Collection[Skill]) -> Mapping[int, int]:
    """Postings with a draft or a change in review that names each term."""
    keys = {skill.slug: skill.pk for skill in skills}
    with connection.cursor() as cursor:
        cursor.execute(_IN_CONTENTS, [[str(state) for state in OPEN_REVISIONS], list(keys)])
        return {keys[slug]: number for slug, number in cursor.fetchall()}


def move_jobs(old: Skill, new: Skill) -> None:
    """Requirement rows and facets follow at once; the words of the search by a job."""
    Requirement.objects.filter(skill=old).update(skill=new)
    with connection.cursor() as cursor:
        cursor.execute(_IN_DOCUMENTS, [old.pk, new.pk, old.pk])
    reindex_later(new)


def move_drafts(old: Skill, new: Skill) -> None:
    """Nothing to write: a draft's slug leads on wherever it is read, and is replaced when the
    draft is saved. To write it now would look like somebody else's edit to whoever has it open."""


def reindex_later(skill: Skill) -> None:
    """Have the postings that ask for `skill` indexed anew: its names stand in their words."""
    lock = f"postings.reindex_skill:{skill.pk}"
    enqueue("postings.reindex_skill", skill_id=skill.pk, queueing_lock=lock)


def reindex_skill(*, skill_id: int) -> int:
    """Write the search documents of the postings that ask for the term; their number."""
    rows = Posting.objects.filter(requirements__skill=skill_id, live_revision__isnull=False)
    keys = list(rows.order_by("pk").distinct().values_list("pk", flat=True))
    for pk in keys:
        projection.project_again(pk=pk)
    return len(keys)


def register() -> None:
    """Tell the taxonomy where postings name its terms."""
    uses.register("jobs", uses.SkillUse("job", "jobs", jobs, move_jobs))
    uses.register("drafts", uses.SkillUse("draft", "drafts", drafts, move_drafts))
