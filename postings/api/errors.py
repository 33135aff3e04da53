"""Errors of the API in one shape: `{"errors": [{"field", "message"}]}`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import set_rollback

from cscareers.core.throttling import TooMany

WORDS: Mapping[int, str] = {
    status.HTTP_400_BAD_REQUEST: "We can’t read this request.",
    status.HTTP_403_FORBIDDEN: "You may not do this.",
    status.HTTP_404_NOT_FOUND: "There is nothing at this address.",
    status.HTTP_405_METHOD_NOT_ALLOWED: "This address can’t be asked in this way.",
    status.HTTP_406_NOT_ACCEPTABLE: "We answer in JSON: accept application/json.",
    status.HTTP_410_GONE: "This job is over.",
    status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: "This is too large.",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "Send JSON, with the type application/json.",
    status.HTTP_429_TOO_MANY_REQUESTS: "Too many requests. Wait a little.",
}


class Gone(APIException):
    """What was public once and is not any more."""

    status_code = status.HTTP_410_GONE
    default_detail = WORDS[status.HTTP_410_GONE]


class TooLarge(APIException):
    """More than this address takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = WORDS[status.HTTP_413_REQUEST_ENTITY_TOO_LARGE]


class Invalid(Exception):
    """Parameters that can't be used: messages by name."""

    def __init__(
        self,
        problems: Mapping[str, Sequence[str]],
        more: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
        self.more = more or {}
        """By name: what stands beside the message."""


def handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer for an error that a view raised; None leaves a fault of ours to Django."""
    set_rollback()
    match error:
        case Invalid():
            errors = [
                {"field": name, "message": message, **error.more.get(name, {})}
                for name, messages in error.problems.items()
                for message in messages
            ]
            return Response({"errors": errors}, status=status.HTTP_400_BAD_REQUEST)
        case Http404():
            return answer(status.HTTP_404_NOT_FOUND)
        case PermissionDenied():
            return answer(status.HTTP_403_FORBIDDEN)
        case SuspiciousOperation():
            return answer(status.HTTP_400_BAD_REQUEST)
        case TooMany():
            response = answer(status.HTTP_429_TOO_MANY_REQUESTS)
            response["Retry-After"] = str(error.retry_after)
            return response
        case APIException():
            response = answer(error.status_code)
            if isinstance(wait := getattr(error, "wait", None), int | float):
                response["Retry-After"] = str(int(wait))
            return response
    return None


def answer(code: int) -> Response:
    """An error of the whole request."""
    message = WORDS.get(code, WORDS[status.HTTP_400_BAD_REQUEST])
    return Response({"errors": [{"field": None, "message": message}]}, status=code)
