"""`manage.py count_look_alikes`: how many live postings look like another one."""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from postings.duplicates.query import look_alikes
from postings.models import Posting

EVERY = 500
MOST = 20


class Command(BaseCommand):
    help = "Print as JSON how many live postings look like another of their employer or of others."

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        counts: Counter[str] = Counter()
        rows = Posting.objects.live(now=now).select_related("employer", "live_revision")
        for number, posting in enumerate(rows.order_by("pk").iterator(chunk_size=EVERY), start=1):
            found = look_alikes(
                posting.live_content,
                posting=posting,
                employer=posting.employer,
                now=now,
                limit=MOST,
            )
            counts["live"] += 1
            counts["look_alikes"] += bool(found)
            counts["of_the_same_employer"] += any(alike.same_employer for alike in found)
            counts["of_another_employer"] += any(not alike.same_employer for alike in found)
            if number % EVERY == 0:
                self.stderr.write(f"{number} postings")
        names = ("live", "look_alikes", "of_the_same_employer", "of_another_employer")
        self.stdout.write(json.dumps({name: counts[name] for name in names}))
