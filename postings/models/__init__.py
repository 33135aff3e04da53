"""What: postings, their revisions and the projection of the approved one."""

# Django is handed the models of the inner package here; nothing below imports them.
import postings.hiring.models  # noqa: F401  isort would put it before what it needs
from postings.models.audience import AudienceQuestions, FrozenCrowd
from postings.models.import_run import ImportedLine, ImportRun
from postings.models.moderation import ModeratorNote, SavedReply
from postings.models.pay import PostingPay
from postings.models.posting import Posting, PostingEvent, PostingQuerySet
from postings.models.reply_facts import ReplyFacts, public_facts
from postings.models.report import Report, ReportedPosting
from postings.models.requirement import Requirement
from postings.models.revision import PostingRevision
from postings.models.risk import RiskAssessment, RiskRule
from postings.models.search_document import PostingLocation, SearchDocument
from postings.models.shelf import MarkedPosting
from postings.models.text_print import TextPrint
from postings.models.unmatched_search import UnmatchedSearch

__all__ = [
    "AudienceQuestions",
    "FrozenCrowd",
    "ImportRun",
    "ImportedLine",
    "MarkedPosting",
    "ModeratorNote",
    "Posting",
    "PostingEvent",
    "PostingLocation",
    "PostingPay",
    "PostingQuerySet",
    "PostingRevision",
    "ReplyFacts",
    "Report",
    "ReportedPosting",
    "Requirement",
    "RiskAssessment",
    "RiskRule",
    "SavedReply",
    "SearchDocument",
    "TextPrint",
    "UnmatchedSearch",
    "public_facts",
]
