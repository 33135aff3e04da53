"""`manage.py import_postings FILE.jsonl`: schema.org JobPosting objects, one a line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from postings.actions.imports import Report, RunOrders, import_lines
from postings.importers.lines import read_lines
from profiles.models import Employer

_PROGRESS_EVERY = 100


class Command(BaseCommand):
    help = (
        "Imports a file of schema.org JobPosting objects, one a line. Repeating it changes nothing."
        " Prints a JSON report on stdout. Exit code 0 when every line was judged, 2 when the file"
        " can't be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", type=Path)
        parser.add_argument("--employer", metavar="SLUG", help="whose postings these all are")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="you confirm and approve: publish whatever has all it needs",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        run = RunOrders(
            publish=options["publish"],
            now=timezone.now(),
            employer=self._employer(options["employer"]),
        )
        path: Path = options["file"]
        try:
            report = self._run(path, run, dry=options["dry_run"])
        except OSError as error:
            raise CommandError(
                f"{path} can't be read: {error.strerror or error}", returncode=2
            ) from error
        self.stdout.write(json.dumps(report.to_json(), ensure_ascii=False))

    def _run(self, path: Path, run: RunOrders, *, dry: bool) -> Report:
        with path.open("rb") as file:
            lines = read_lines(file)
            if not dry:
                return import_lines(lines=lines, run=run, progress=self._progress)
            with transaction.atomic():
                report = import_lines(lines=lines, run=run, progress=self._progress)
                transaction.set_rollback(True)
                return report

    def _progress(self, number: int) -> None:
        if number % _PROGRESS_EVERY == 0:
            self.stderr.write(f"{number:,} lines")

    def _employer(self, slug: str | None) -> Employer | None:
        if slug is None:
            return None
        employer = Employer.objects.filter(slug=slug).first()
        if employer is None:
            raise CommandError(f"There is no employer with the slug {slug!r}.")
        return employer
