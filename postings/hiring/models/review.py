"""What a team keeps about the applications it got: notes, tags, and words for answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from postings.hiring.enums import ReplyKind
from postings.hiring.labels import choices
from postings.hiring.models.application import Application
from profiles.models import Employer

NOTE_LENGTH = 4000
TAG_LENGTH = 30
REPLY_LENGTH = 4000


def _has_words(field: str, most: int) -> Q:
    return ~Q(**{field: ""}) & Q(models.lookups.LessThanOrEqual(Length(field), most))


class ApplicationNote(models.Model):
    """What somebody of the team noted about an application; never shown to the candidate. It stays
    as it was written."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_label = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_has_words("text", NOTE_LENGTH),
                name="application_note_has_words",
                violation_error_message=f"Write 1 to {NOTE_LENGTH} characters.",
            ),
        ]
        indexes = [models.Index(fields=["application", "at"], name="application_note_order")]

    def __str__(self) -> str:
        return f"Note of {self.at:%d %b %Y}"


class Tag(models.Model):
    """A word by which a team sorts its applications; one of a name at an employer, however it is
    written."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=TAG_LENGTH)
    applications: "models.ManyToManyField[Application, TaggedApplication]" = models.ManyToManyField(
        Application, through="TaggedApplication", related_name="tags"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "employer",
                Lower("name"),
                name="tag_once_per_employer",
                violation_error_message="There is a tag of this name already.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TaggedApplication(models.Model):
    """That an application has a tag."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "tag"], name="application_tagged_once")
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.application_id}"


class ReplyTemplate(models.Model):
    """Words that a team often writes to candidates; see `postings.hiring.engines.replies`."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="reply_templates")
    kind = models.CharField(max_length=10, choices=choices(ReplyKind))
    name = models.CharField(max_length=80)
    text = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "employer",
                "kind",
                Lower("name"),
                name="reply_template_once",
                violation_error_message="There is a reply of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=values(ReplyKind)), name="reply_template_kind_known"
            ),
            models.CheckConstraint(
                condition=_has_words("text", REPLY_LENGTH),
                name="reply_template_has_words",
                violation_error_message=f"Write 1 to {REPLY_LENGTH} characters.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
