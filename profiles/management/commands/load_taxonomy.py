"""`manage.py load_taxonomy`: the vocabulary of the profession into the database."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models.functions import Coalesce
from django.utils import timezone

from cscareers.core import fold as folding
from cscareers.core.loading import Written, load_once, upsert
from cscareers.core.tables import read_tsv
from profiles.enums import SkillStatus
from profiles.models import Skill, SkillAlias
from profiles.taxonomy import normalize as normalizing
from profiles.taxonomy.normalize import normalize

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = ("ours", "esco", "onet")
FILES = ("skills.tsv", "skill_aliases.tsv")


class Command(BaseCommand):
    help = (
        "Loads skills, tools and certificates with their aliases from the tables that are part of"
        " the code. Safe to repeat; terms that people proposed or moderators added stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="load unchanged tables again")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        written = load_once(
            "taxonomy",
            # Stored names are normalised: another way to do it is another load.
            [*(DATA / file for file in FILES), Path(normalizing.__file__), Path(folding.__file__)],
            self._load,
            now=timezone.now(),
            force=options["force"],
        )
        if written is None:
            figures = "unchanged since the last load"
        else:
            figures = (
                f"{written.created:,} created, {written.updated:,} updated,"
                f" {written.unchanged:,} unchanged"
            )
        self.stdout.write(f"taxonomy: {figures} ({time.monotonic() - started:.1f} s)")

    def _load(self) -> Written:
        skills = self._load_skills()
        self.stderr.write(f"{skills.total:,} skills, tools and certificates")
        aliases = self._load_aliases()
        self.stderr.write(f"{aliases.total:,} aliases")
        return skills + aliases

    def _load_skills(self) -> Written:
        """A moderator's later word on status stands: only new terms are given one."""
        held = {
            (normalized, kind): slug
            for normalized, kind, slug in Skill.objects.values_list("normalized", "kind", "slug")
        }
        now = timezone.now()
        rows = []
        for row in read_tsv(DATA / "skills.tsv"):
            normalized = normalize(row["name"])
            if held.get((normalized, row["kind"]), row["slug"]) != row["slug"]:
                self.stderr.write(f"{row['slug']} is left out: a proposed term has its name")
                continue
            rows.append(
                (
                    *(row["slug"], row["kind"], row["name"], normalized, row["description"]),
                    *(row["category"], row["esco_uri"], row["onet"]),
                    *(SkillStatus.APPROVED.value, now),
                )
            )
        return upsert(
            Skill,
            (
                *("slug", "kind", "name", "normalized", "description", "category", "esco_uri"),
                *("onet", "status", "created_at"),
            ),
            rows,
            key=("slug",),
            only_new=("status", "created_at"),
        )

    def _load_aliases(self) -> Written:
        """Aliases that people gave to a term keep leading there; those of a merged term lead on."""
        today = Coalesce("merged_into", "id")
        skills = dict(Skill.objects.values_list("slug", today))
        of_people = set(
            SkillAlias.objects.exclude(source__in=SOURCES).values_list("normalized", flat=True)
        )
        rows = []
        for row in read_tsv(DATA / "skill_aliases.tsv"):
            normalized = normalize(row["alias"])
            if row["slug"] in skills and normalized not in of_people:
                skill = skills[row["slug"]]
                rows.append((skill, row["alias"], normalized, row["language"], row["source"]))
        return upsert(
            SkillAlias,
            ("skill_id", "name", "normalized", "language", "source"),
            rows,
            key=("normalized",),
        )
