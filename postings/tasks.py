"""Background jobs of postings."""

from django.utils import timezone
from procrastinate.contrib.django import app

from postings.actions import lifecycle


@app.periodic(cron="*/10 * * * *")
@app.task(name="postings.expire_due", queueing_lock="postings.expire_due", pass_context=False)
def expire_due(timestamp: int) -> int:
    """Write down which postings are over by their date."""
    return lifecycle.expire_due(now=timezone.now())
