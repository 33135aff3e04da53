"""Signed links of alerts: whoever has the mail can manage the alert, without signing in."""

from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

_MANAGE: Final = Signer(sep=".", salt="postings.hiring.alert.manage")
_CONFIRM: Final = TimestampSigner(sep=".", salt="postings.hiring.alert.confirm")


class BadLink(ValueError):
    """We did not sign this."""


class LateLink(BadLink):
    """We did, too long ago."""


def manage_token(public_id: str) -> str:
    """What opens the page of one alert; it stands in each of its mails and does not run out: one
    must be able to stop an alert by an old mail."""
    return _MANAGE.sign(public_id)


def read_manage(token: str) -> str:
    """The public id that the token was made for; raises BadLink."""
    try:
        return _MANAGE.unsign(token)
    except BadSignature as error:
        raise BadLink from error


def confirm_token(public_id: str) -> str:
    """What takes an alert for the address that got it."""
    return _CONFIRM.sign(public_id)


def read_confirm(token: str, *, within: timedelta) -> str:
    """The public id that the token was made for; raises LateLink after `within`, else BadLink."""
    try:
        return _CONFIRM.unsign(token, max_age=within)
    except SignatureExpired as error:
        raise LateLink from error
    except BadSignature as error:
        raise BadLink from error
