"""Applications, what was frozen with them and what happened to them."""

from postings.hiring.models.application import (
    Application,
    ApplicationCopy,
    ApplicationEvent,
    ApplicationQuerySet,
)
from postings.hiring.models.draft import ApplicationDraft, ApplicationFile

__all__ = [
    "Application",
    "ApplicationCopy",
    "ApplicationDraft",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationQuerySet",
]
