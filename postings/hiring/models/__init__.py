"""Applications, what was frozen with them and what happened to them; alerts."""

from postings.hiring.models.alert import (
    AlertedPosting,
    AlertRun,
    Subscription,
    SubscriptionQuerySet,
)
from postings.hiring.models.application import (
    Application,
    ApplicationCopy,
    ApplicationEvent,
    ApplicationQuerySet,
)
from postings.hiring.models.draft import ApplicationDraft, ApplicationFile
from postings.hiring.models.handoff import HandOff
from postings.hiring.models.reminder import AnswerReminder
from postings.hiring.models.review import (
    ApplicationNote,
    ReplyTemplate,
    Tag,
    TaggedApplication,
)
from postings.hiring.models.tracked import TrackedJob, TrackedJobQuerySet

__all__ = [
    "AlertRun",
    "AlertedPosting",
    "AnswerReminder",
    "Application",
    "ApplicationCopy",
    "ApplicationDraft",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationNote",
    "ApplicationQuerySet",
    "HandOff",
    "ReplyTemplate",
    "Subscription",
    "SubscriptionQuerySet",
    "Tag",
    "TaggedApplication",
    "TrackedJob",
    "TrackedJobQuerySet",
]
