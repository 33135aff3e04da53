"""Mail on its way out."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q

from cscareers.core.enums import MailEnd

MAIL_ENDS: Final[Mapping[MailEnd, Q]] = {
    MailEnd.WAITING: Q(sent_at=None, refused_at=None, handed_at=None),
    MailEnd.SENT: Q(sent_at__isnull=False),
    MailEnd.REFUSED: Q(refused_at__isnull=False),
    MailEnd.UNCLEAR: Q(sent_at=None, refused_at=None, handed_at__isnull=False),
}
"""The rows of each `OutgoingMail.end`."""


class OutgoingMail(models.Model):
    """One mail to one recipient, written in the transaction that caused it.

    The texts are blanked when it has been sent: they hold links that open accounts. `handed_at`
    without one of the other two is a mail whose end we don't know: the worker was killed after it
    had handed the mail to the server and before it had written down the answer.
    """

    # Kind, object and recipient in one: a second mail of the same key is never written.
    dedupe_key = models.CharField(max_length=250)
    recipient = models.EmailField(max_length=254)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    """Further headers, List-… alone."""
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=80, blank=True)
    """Code of the server's last refusal or kind of the last failure; no words of the server."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dedupe_key"], name="core_outgoingmail_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True),
                name="core_outgoingmail_one_end",
                violation_error_message="A mail was sent or refused, not both.",
            ),
        )
        indexes = (
            models.Index(
                fields=["recipient"],
                condition=Q(sent_at__isnull=True),
                name="core_outgoingmail_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.dedupe_key

    @property
    def end(self) -> MailEnd:
        """What became of it; the row's twin of `MAIL_ENDS`."""
        if self.sent_at:
            return MailEnd.SENT
        if self.refused_at:
            return MailEnd.REFUSED
        return MailEnd.UNCLEAR if self.handed_at else MailEnd.WAITING
