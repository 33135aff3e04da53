"""`manage.py build_data`: makes the shipped tables anew from the packages that carry them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cscareers.core.data_build import money, places, sources, wages
from cscareers.core.data_build.packages import DataPackageMissing
from postings.wording import build as words
from profiles.taxonomy import build as skills


class Command(BaseCommand):
    help = (
        "Makes cscareers/core/data, profiles/data and postings/data anew from installed packages."
        " Only developers need it: the tables are part of the code."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        core = root / "cscareers" / "core" / "data"
        try:
            written = {
                **places.build(core),
                **money.build(core),
                **skills.build(root / "profiles" / "data"),
                **wages.build(root / "postings" / "data"),
                **words.build(root / "postings" / "data"),
                **sources.build(core),
            }
        except (
            DataPackageMissing,
            skills.VocabularyError,
            words.WordingError,
            ValueError,
        ) as error:
            raise CommandError(str(error)) from error
        for name, rows in written.items():
            self.stdout.write(f"{name}: {rows:,} rows")
