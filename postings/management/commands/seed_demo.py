"""`manage.py seed_demo`: made-up employers, their postings, candidates and four logins."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cscareers import demo_logins
from postings.demo.seed import seed


class Command(BaseCommand):
    help = "Load the demo world; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=("small", "medium"), default="small")

    def handle(self, *args: Any, size: str, **options: Any) -> None:
        """Make what is missing; refused in production, because the logins are no secret there."""
        if settings.PRODUCTION:
            raise CommandError("Demo data and its logins are not for production.")
        made = seed(
            logins=demo_logins.load(settings.BASE_DIR),
            now=timezone.now(),
            medium=size == "medium",
            say=self.stderr.write,
        )
        self.stdout.write(
            f"{made['employers']} employers, {made['postings']} postings"
            f" and {made['candidates']} candidates made"
        )
