"""`manage.py rebuild_search`: write the search documents of approved postings anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from postings.actions.projection import project
from postings.models import Posting

EVERY = 500


class Command(BaseCommand):
    help = "Project every approved posting onto its tables and its search document again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        rows = Posting.objects.filter(live_revision__isnull=False).order_by("pk")
        for pk in rows.values_list("pk", flat=True).iterator():
            with transaction.atomic():
                posting = (
                    Posting.objects.select_for_update(of=("self",))
                    .select_related("employer", "live_revision")
                    .get(pk=pk)
                )
                project(posting=posting, content=posting.live_content)
            done += 1
            if done % EVERY == 0:
                self.stderr.write(f"{done} postings")
        self.stdout.write(f"{done} postings indexed")
