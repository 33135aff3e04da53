"""Who uses a term of the taxonomy: each table that names terms registers itself here.

The tables of the app above are not known here; its `ready` fills the registry.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from profiles.models import Skill


@dataclass(frozen=True, slots=True)
class SkillUse:
    """One kind of thing that names terms.

    `count` gives for terms (by their keys) how many there are of each; absent is none. `move`
    hands everything of the first term over to the second.
    """

    one: str
    many: str
    count: Callable[[Collection[Skill]], Mapping[int, int]]
    move: Callable[[Skill, Skill], None]

    def words(self, number: int) -> str:
        """So many in words: "12 jobs"."""
        return f"{number:,} {self.one if number == 1 else self.many}"


_uses: dict[str, SkillUse] = {}


def register(name: str, use: SkillUse) -> None:
    """See that `use` is counted and moved along; a name counts once."""
    _uses[name] = use


def impact(skills: Collection[Skill]) -> dict[int, dict[str, int]]:
    """By the key of each term: how many of each registered kind name it."""
    counted = {name: use.count(skills) for name, use in _uses.items()}
    return {
        skill.pk: {name: found.get(skill.pk, 0) for name, found in counted.items()}
        for skill in skills
    }


def impact_words(counts: Mapping[str, int]) -> str:
    """An impact in words: "12 jobs, 3 drafts"."""
    return ", ".join(_uses[name].words(number) for name, number in counts.items())


def move(*, old: Skill, new: Skill) -> None:
    """Hand all that names `old` over to `new`."""
    for use in _uses.values():
        use.move(old, new)
