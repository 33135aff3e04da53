"""The seven starting points from which an employer writes a posting, one a level. Pure.

They stand as data in `data/level_templates.toml`; what a template leaves empty only the employer
can know.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from postings.content import PostingContent
from postings.enums import Level

_FILE: Final = Path(__file__).parent / "data" / "level_templates.toml"


@dataclass(frozen=True, slots=True)
class LevelTemplate:
    """`summary` says in a sentence when to choose it; `content` is what a draft starts with."""

    level: Level
    title: str
    summary: str
    content: PostingContent


@cache
def all_templates() -> tuple[LevelTemplate, ...]:
    """The templates, lowest level first."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    templates = []
    for row in document["template"]:
        content = PostingContent.from_json(row["content"])
        templates.append(
            LevelTemplate(
                level=Level(row["level"]),
                title=content.title,
                summary=row["summary"],
                content=content.with_(description=content.description.strip()),
            )
        )
    return tuple(sorted(templates, key=lambda template: template.level.step))


def template_for(level: Level) -> LevelTemplate:
    """The template of `level`; every level has one."""
    return next(template for template in all_templates() if template.level is level)
