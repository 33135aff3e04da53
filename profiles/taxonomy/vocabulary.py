"""The vocabulary that texts are searched with, as the tables have it now."""

from profiles.enums import SkillKind
from profiles.models import Skill, SkillAlias
from profiles.taxonomy.extract import Vocabulary, vocabulary
from profiles.taxonomy.shipped import read_forms


def current_vocabulary() -> Vocabulary:
    """Approved terms with their names and aliases, and how ads write them besides."""
    terms = list(Skill.objects.approved().order_by("pk").values_list("slug", "kind", "name"))
    kinds = {slug: SkillKind(kind) for slug, kind, _ in terms}
    aliases = (
        SkillAlias.objects.filter(skill__in=Skill.objects.approved(), language="en")
        .order_by("pk")
        .values_list("skill__slug", "name")
    )
    names = [*((slug, name) for slug, _, name in terms), *aliases]
    return vocabulary(kinds, names, read_forms())
