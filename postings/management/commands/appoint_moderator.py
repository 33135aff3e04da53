"""`manage.py appoint_moderator EMAIL`: who may decide on postings in the admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postings.actions.moderators import appoint, dismiss
from profiles.models import User


class Command(BaseCommand):
    help = "Make an account a moderator, or take that back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--dismiss", action="store_true", help="take the rights back")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Change the rights of the account of that address; an error when there is none."""
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has signed up as {email}.")
        if options["dismiss"]:
            dismiss(user=user)
        else:
            appoint(user=user)
        self.stdout.write(f"{email} is {'no longer' if options['dismiss'] else 'now'} a moderator.")
