"""Background jobs of profiles."""

from django.utils import timezone
from procrastinate.contrib.django import app

from profiles.actions import cv_import


@app.periodic(cron="53 3 * * *")
@app.task(name="profiles.sweep_cv_imports", queueing_lock="profiles.sweep_cv_imports")
def sweep_cv_imports(timestamp: int) -> int:
    """Forget what was read in CVs 30 days ago; their number."""
    del timestamp
    return cv_import.sweep(now=timezone.now())
