"""Background jobs of profiles."""

from datetime import datetime

from cscareers.core.periods import periodic
from profiles.actions import cv_import


@periodic("profiles.sweep_cv_imports", cron="53 3 * * *")
def sweep_cv_imports(*, now: datetime) -> int:
    """Forget what was read in CVs 30 days ago; their number."""
    return cv_import.sweep(now=now)
