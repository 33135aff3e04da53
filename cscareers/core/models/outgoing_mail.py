"""Mail on its way out."""

from django.db import models


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
                condition=models.Q(sent_at__isnull=True) | models.Q(refused_at__isnull=True),
                name="core_outgoingmail_one_end",
                violation_error_message="A mail was sent or refused, not both.",
            ),
        )
        indexes = (
            models.Index(
                fields=["recipient"],
                condition=models.Q(sent_at__isnull=True),
                name="core_outgoingmail_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.dedupe_key
