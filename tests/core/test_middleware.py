"""Outages are a plain 503, soon; every request has a name and one line in the log."""

import time

import pytest
import structlog
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from cscareers import database, views
from cscareers.core.middleware import OutageMiddleware, RequestLogMiddleware


def broken(request, secret=""):
    raise OperationalError("the server closed the connection unexpectedly")


urlpatterns = [
    path("broken/<str:secret>", broken, name="broken"),
    path("api/broken", broken),
    path("healthz", views.healthz),
]
handler500 = views.server_error


@pytest.fixture
def urls(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "cscareers.core.middleware.RequestLogMiddleware",
        "cscareers.core.middleware.OutageMiddleware",
    ]


def test_an_outage_in_a_view_is_a_503_page(urls, client):
    answer = client.get("/broken/x")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Cache-Control"] == "no-store"
    assert b"<h1" in answer.content


def test_an_outage_in_the_api_is_json(urls, client):
    answer = client.get("/api/broken")
    assert answer.status_code == 503
    assert [set(error) for error in answer.json()["errors"]] == [{"field", "message"}]


class BrokenMiddleware:
    def __init__(self, get_response):
        pass

    def __call__(self, request):
        raise OperationalError("no session without a database")


def test_an_outage_in_a_middleware_is_a_503_page_too(urls, client, settings):
    settings.MIDDLEWARE = [f"{__name__}.BrokenMiddleware"]
    client.raise_request_exception = False
    answer = client.get("/healthz")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_other_errors_are_left_to_django():
    middleware = OutageMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    assert middleware.process_exception(request, ValueError("no")) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-12345", True), ("short", False), ("x" * 65, False), ("bad id\n12345", False)],
)
def test_a_sane_request_id_is_kept_and_any_other_replaced(given, kept):
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    request.resolver_match = None
    answer = RequestLogMiddleware(lambda request: HttpResponse())(request)
    assert (answer["X-Request-ID"] == given) is kept
    assert len(answer["X-Request-ID"]) >= 8


def test_the_log_names_the_route_and_neither_path_nor_query(urls, client):
    with structlog.testing.capture_logs() as lines:
        client.get("/broken/secret-key?q=ann@example.org")
    line = next(line for line in lines if line["event"] == "request")
    assert (line["route"], line["status"], line["method"]) == ("broken/<str:secret>", 503, "GET")
    assert "secret-key" not in str(lines)
    assert "ann@example.org" not in str(lines)


@pytest.mark.django_db
def test_the_pool_gives_up_in_time_when_the_server_is_gone(tmp_path):
    entry = database._common() | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "x",
        "HOST": str(tmp_path),
    }
    connection = ConnectionHandler({"default": entry})["default"]
    begun = time.monotonic()
    try:
        with pytest.raises(OperationalError):
            connection.ensure_connection()
    finally:
        connection.close_pool()
    assert time.monotonic() - begun < 3.5


def test_a_body_that_is_too_large_is_refused_by_its_announced_length(client):
    class Unread:
        def read(self, *args):
            raise AssertionError("it was read")

        readline = read

    huge = {"CONTENT_LENGTH": str(100 * 1024 * 1024), "wsgi.input": Unread()}
    answer = client.post("/hire/x/imports/upload/", **huge)
    assert answer.status_code == 413
    assert b"This is too large" in answer.content
    answer = client.post("/api/v1/postings", **huge)
    assert (answer.status_code, list(answer.json())) == (413, ["errors"])


def test_a_form_that_is_too_large_says_so(client):
    body = "theme=" + "x" * 3_000_000
    answer = client.post("/theme/", body, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert b"text in a form up to 2 MB" in answer.content


@pytest.mark.parametrize("charset", ["rot13", "undefined", "unicode_escape", "nonsense"])
def test_a_form_is_read_as_utf_8_whatever_it_says(client, charset):
    body = (
        '--x\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n'
        '--x\r\nContent-Disposition: form-data; name="next"\r\n\r\n/\\ud800é\r\n--x--\r\n'
    )
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    answer = client.generic("POST", "/theme/", body.encode(), kind)
    assert (answer.status_code, answer.cookies["theme"].value) == (302, "dark")
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", "/theme/", b"theme=dark", kind).status_code == 302
