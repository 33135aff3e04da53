"""Mail on its way out."""

from django.db import models


class OutgoingMail(models.Model):
    """One mail to one recipient, written in the transaction that caused it.

    The texts are blanked when it has been sent: they hold links that open accounts.
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
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dedupe_key"], name="core_outgoingmail_once"),
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
