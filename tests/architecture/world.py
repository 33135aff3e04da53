"""One employer with everything that a route can name, and the people around it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from PIL import Image

from postings.actions import import_runs
from postings.hiring.actions import review, tracker
from postings.hiring.engines.alert_tokens import confirm_token, manage_token
from postings.hiring.engines.confirm_links import ConfirmLink
from postings.hiring.enums import ReplyKind
from postings.hiring.models import Application
from postings.importers.uploads import SourceLine
from postings.models import Posting
from profiles.actions import cv_import, teams
from profiles.cv.resume_in import Reading
from profiles.enums import CvKind, MemberRole
from profiles.models import Employer, User
from tests.architecture.routes import Route
from tests.factories.alerts import make_alert, make_reader
from tests.factories.applications import give_file, make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import draft_posting

TOKEN = "an-invitation-of-the-tests"


@dataclass(frozen=True)
class World:
    employer: Employer
    owner: User
    recruiter: User
    moderator: User
    candidate: User
    draft: Posting
    live: Posting
    arguments: dict[str, object]

    def url(self, route: Route, posting: Posting | None = None, **others: object) -> str:
        """The address of a route, with `others` in place of our own arguments: employers' pages
        about the draft; public and own ones, and those of applications, about the live posting."""
        is_for_all = route.is_public or route.pattern.startswith("me/")
        of_live = is_for_all or "/applications/" in route.pattern
        about = posting or (self.live if of_live else self.draft)
        named = {"slug": about.slug, "public_id": about.public_id}
        if route.name == "postings:employer":
            named["slug"] = self.employer.slug
        return route.url(**{**self.arguments, **named, **others})

    def client(self, user: User | None = None, *, checks_csrf: bool = False) -> Client:
        """A browser, signed in as `user` if one is given."""
        client = Client(enforce_csrf_checks=checks_csrf)
        if user is not None:
            client.force_login(user)
        return client


def finish(answer: HttpResponse | StreamingHttpResponse) -> None:
    """Read a file to its end, as a browser would, so that it is closed."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "WEBP")
    return written.getvalue()


def _application(live: Posting, candidate: User, now: datetime) -> Application:
    sent = make_application(live, candidate=candidate, now=now)
    give_file(sent, now=now)
    return sent


def make_world(now: datetime | None = None) -> World:
    """A new world. The logo goes to MEDIA_ROOT, which a test should move."""
    now = now or datetime.now(UTC)
    employer = make_employer()
    employer.logo.save("architecture.webp", ContentFile(picture()))
    owner = make_member(employer)
    recruiter = make_member(employer, role=MemberRole.RECRUITER)
    moderator = make_moderator(is_superuser=True)
    live = open_posting(employer=employer, author=owner, now=now)
    draft = draft_posting(employer=employer, author=owner, now=now, title="Draft of a job")
    guest = make_user()
    invitation = teams.invite(
        employer=employer, email=guest.email, role=MemberRole.RECRUITER, actor=owner, now=now
    )
    token = f"{TOKEN}-{invitation.public_id}"
    type(invitation).objects.filter(pk=invitation.pk).update(token_hash=teams.token_hash(token))
    line = SourceLine(1, json.dumps({"@type": "JobPosting", "title": "Service Manager"}))
    run = import_runs.begin(employer=employer, actor=owner, now=now, lines=[line], data=b"{}")
    candidate = make_reader()
    profile = make_candidate(candidate, skills={"coaching": 3})
    blocked = profile.blocked_names.create(name="Corriveau", key="corriveau")
    alert = make_alert(candidate, now=now)
    arguments = {
        "alert": alert.public_id,
        "alert_link": manage_token(alert.public_id),
        "question": confirm_token(alert.public_id),
        "act": "keep",
        "employer": employer.slug,
        "member": employer.memberships.get(user=recruiter).public_id,
        "invitation": invitation.public_id,
        "token": token,
        "link": ConfirmLink.to(owner, live).token,
        "name": employer.logo.name.rpartition("/")[2],
        "step": "pay",
        "verb": "discard",
        "version": "2026-11-22",
        "run": run.public_id,
        "section": "about",
        "kind": "skills",
        "row": profile.skills.get().public_id,
        "block": blocked.public_id,
        "job": tracker.track(user=candidate, posting=live, now=now).public_id,
        "application": _application(live, candidate, now).public_id,
        "decision": "interview",
        "reply": review.save_reply(
            employer=employer, kind=ReplyKind.REJECT, name="No", text="Dear {candidate}", now=now
        ).public_id,
        "cv": cv_import.start_import(
            user=candidate, kind=CvKind.TEXT, reading=Reading(()), now=now
        ).public_id,
    }
    return World(employer, owner, recruiter, moderator, candidate, draft, live, arguments)
