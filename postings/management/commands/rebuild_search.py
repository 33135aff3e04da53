"""`manage.py rebuild_search`: write the search documents of approved postings anew."""

from typing import Any

from django.core.management.base import BaseCommand

from postings.actions.projection import approved_ids, project_again

EVERY = 500


class Command(BaseCommand):
    help = "Project every approved posting onto its tables and its search document again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for pk in approved_ids().iterator():
            project_again(pk=pk)
            done += 1
            if done % EVERY == 0:
                self.stderr.write(f"{done} postings")
        self.stdout.write(f"{done} postings indexed")
