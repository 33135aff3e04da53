"""A form changes what it asks and nothing else, whatever is sent along."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from postings.enums import Level
from postings.forms.steps import STEPS, Step
from postings.models import Posting, PostingRevision
from profiles.enums import MemberRole
from profiles.models import CandidateLanguage, Employer, Invitation, Membership, User
from tests.architecture.world import World
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
EVIL = "hostile"
LONG_AGO = datetime(1999, 12, 31, tzinfo=UTC)
NUMBER = 66_666
# Values that a column would take: the ones that somebody would want.
CHOSEN = {
    "state": "published",
    "role": "owner",
    "verification": "admin",
    "status": "approved",
    "origin": "import",
    "to_state": "published",
    "password": EVIL,
    "logo": EVIL,
}
APPS = ("profiles", "postings", "account", "core", "auth")
WATCHED = [
    model
    for name in APPS
    for model in apps.get_app_config(name).get_models()
    if not model._meta.proxy
]
# Written by signing in and by counting, not by a form's fields.
BOOKKEEPING = {"User.last_login", "RateLimit.hits"}
Snapshot = dict[tuple[str, int], dict[str, Any]]


@pytest.fixture
def victim(world: World) -> User:
    return make_member(make_employer())


def hostile(victim: User) -> dict[str, str]:
    """A value for every field of every model, by each name that it could be sent under."""
    employer = victim.memberships.get().employer
    found: dict[str, str] = {}
    for model in WATCHED:
        for field in model._meta.concrete_fields:
            value = CHOSEN.get(field.name) or _hostile_value(field, victim, employer)
            found[field.name] = found[field.attname] = value
    assert {"state", "is_staff", "withheld", "employer_id", "confirmed_at", "author"} <= set(found)
    return found


def _hostile_value(field: models.Field, victim: User, employer: Employer) -> str:
    match field:
        case models.ForeignKey(related_model=related):
            rows = {User: victim.pk, Employer: employer.pk}
            return str(rows.get(related, NUMBER))
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return LONG_AGO.isoformat()
        case models.DateField():
            return "1999-12-31"
        case models.IntegerField() | models.DecimalField() | models.FloatField():
            return str(NUMBER)
    return EVIL


def snapshot() -> Snapshot:
    return {
        (model.__name__, row["pk"]): row
        for model in WATCHED
        for row in model._base_manager.values("pk", *(f.attname for f in model._meta.fields))
        if "pk" in row
    }


def difference(before: Snapshot) -> tuple[set[str], list[str]]:
    """Columns of existing rows that changed, and the hostile columns of new rows."""
    after = snapshot()
    assert set(before) - set(after) == set()
    columns = {
        f"{model}.{column}"
        for (model, pk), row in before.items()
        for column, value in row.items()
        if after[model, pk][column] != value
    }
    columns -= BOOKKEEPING
    new = {key: row for key, row in after.items() if key not in before}
    return columns, [
        f"{model}.{column}"
        for (model, _), row in new.items()
        for column, value in row.items()
        if _tainted(column, value)
    ]


def _tainted(column: str, value: object) -> bool:
    if column in ("is_staff", "is_superuser", "withheld", "imported", "verified"):
        return value is True
    granted = column in ("state", "verification") and value in ("published", "admin")
    return granted or str(value) in (EVIL, str(LONG_AGO), str(NUMBER))


def send(client: Client, url: str, victim: User, fields: dict[str, Any], **extra: Any) -> int:
    return client.post(url, {**hostile(victim), **fields}, **extra).status_code


def kept_form(client: Client, url: str) -> dict[str, Any]:
    """The form of a page as it stands, to be sent back."""
    return page_form(client.get(url).content).send()


def test_ones_own_page_changes_a_name(world: World, victim: User) -> None:
    client, before = world.client(world.recruiter), snapshot()
    assert send(client, reverse("me:home"), victim, {"name": "New name"}) == 302
    assert difference(before) == ({"User.name"}, [])


def test_a_section_of_a_profile_changes_its_own_answers(world: World, victim: User) -> None:
    client = world.client(world.candidate)
    url = reverse("me:profile_section", kwargs={"section": "about"})
    fields = {"headline": "Lead", "summary": "", "level_now": "", "level_wanted": ""}
    before = snapshot()
    assert send(client, url, victim, fields) == 302
    columns = {"CandidateProfile.headline", "CandidateProfile.updated_at"}
    assert difference(before) == (columns, [])


def test_a_row_of_a_profile_is_ones_own(world: World, victim: User) -> None:
    client, before = world.client(world.candidate), snapshot()
    url = reverse("me:profile_add", kwargs={"kind": "languages"})
    fields = {"code": "es", "cefr": "B2", "key": str(uuid.uuid4())}
    assert send(client, url, victim, fields) == 302
    assert difference(before) == ({"CandidateProfile.updated_at"}, [])
    row = CandidateLanguage.objects.get(code="es")
    assert (row.profile.user, row.cefr) == (world.candidate, "B2")


def test_the_settings_change_what_they_show(world: World, victim: User) -> None:
    client = world.client(world.owner)
    url = reverse("hire:settings", kwargs={"employer": world.employer.slug})
    fields = {
        "name": world.employer.name, "site": world.employer.site, "sector": "retail",
        "size": "50-249", "country": "IE", "time_zone": "Europe/Dublin", "description": "We.",
        "version": "1", "logo": "", "remove_logo": "",
    }  # fmt: skip
    before = snapshot()
    assert send(client, url, victim, fields) == 302
    changed, tainted = difference(before)
    declared = {"sector", "size", "country_id", "time_zone", "description", "version"}
    assert (changed, tainted) == ({f"Employer.{name}" for name in declared}, [])


def test_a_new_employer_is_unverified_and_ours(world: World, victim: User) -> None:
    person = make_user()
    client = world.client(person)
    fields = {
        "key": str(uuid.uuid4()), "name": "Harbour", "site": "harbour.test", "sector": "retail",
        "size": "50-249", "country": "IE", "time_zone": "", "description": "", "logo": "",
    }  # fmt: skip
    before = snapshot()
    assert send(client, reverse("hire:new"), victim, fields) == 302
    assert difference(before) == (set(), [])
    employer = Employer.objects.get(name="Harbour")
    assert (employer.verification, employer.suspended_at, employer.version) == ("", None, 1)
    assert [m.user for m in employer.memberships.all()] == [person]


def test_an_invitation_is_to_ones_own_employer(world: World, victim: User) -> None:
    client = world.client(world.owner)
    url = reverse("hire:team", kwargs={"employer": world.employer.slug})
    fields = {"key": str(uuid.uuid4()), "email": "new@example.test", "role": "recruiter"}
    before = snapshot()
    assert send(client, url, victim, fields) == 302
    assert difference(before) == (set(), [])
    row = Invitation.objects.get(email="new@example.test")
    assert (row.employer, row.invited_by, row.accepted_at) == (world.employer, world.owner, None)
    assert row.role == MemberRole.RECRUITER


def test_a_role_is_of_one_member(world: World, victim: User) -> None:
    member = Membership.objects.get(user=world.recruiter)
    kwargs = {"employer": world.employer.slug, "member": member.public_id}
    before = snapshot()
    url = reverse("hire:change_role", kwargs=kwargs)
    assert send(world.client(world.owner), url, victim, {"role": "owner"}) == 302
    assert difference(before) == ({"Membership.role"}, [])


def test_an_invited_person_gets_the_role_that_was_given(world: World, victim: User) -> None:
    from allauth.account.models import EmailAddress

    row = Invitation.objects.get()
    person = User.objects.get(email=row.email)
    EmailAddress.objects.create(user=person, email=row.email, verified=True, primary=True)
    url = reverse("hire:invitation", kwargs={"token": world.arguments["token"]})
    before = snapshot()
    assert send(world.client(person), url, victim, {}) == 302
    assert difference(before) == ({"Invitation.accepted_at"}, [])
    member = Membership.objects.get(user=person)
    assert (member.employer, member.role) == (world.employer, MemberRole.RECRUITER)


@pytest.mark.parametrize("start", ["empty", f"level:{Level.MANAGER}"])
def test_a_new_posting_is_a_draft_of_ones_own(world: World, victim: User, start: str) -> None:
    url = reverse("postings:new", kwargs={"employer": world.employer.slug})
    before = snapshot()
    fields = {"key": str(uuid.uuid4()), "start": start}
    assert send(world.client(world.owner), url, victim, fields) == 302
    assert difference(before) == (set(), [])
    new = Posting.objects.latest("pk")
    assert (new.state, new.origin, new.employer) == ("draft", "form", world.employer)
    assert (new.author, new.first_published_at, new.closes_at) == (world.owner, None, None)


def one(world: World, posting: Posting, name: str, **more: str) -> str:
    kwargs = {"employer": world.employer.slug, "public_id": posting.public_id, **more}
    return reverse(f"postings:{name}", kwargs=kwargs)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_a_step_changes_its_own_answers(world: World, victim: User, step: Step) -> None:
    client, url = world.client(world.owner), one(world, world.draft, "wizard_step", step=step.key)
    fields = kept_form(client, url)
    before = snapshot()
    content = world.draft.revisions.get().content
    assert send(client, url, victim, fields) in (200, 302)
    changed, tainted = difference(before)
    declared = {f"PostingRevision.{name}" for name in ("content", "version", "updated_at")}
    assert changed - {"Posting.updated_at"} <= declared
    assert tainted == []
    after = PostingRevision.objects.get(posting=world.draft).content
    other = {name for name in {*content, *after} if content.get(name) != after.get(name)}
    assert other <= {*step.page.fields, "guessed"}


def test_handing_in_moves_to_review_and_no_further(world: World, victim: User) -> None:
    client, url = world.client(world.owner), one(world, world.draft, "wizard_check")
    fields, before = kept_form(client, url), snapshot()
    assert send(client, url, victim, fields) == 302
    changed, tainted = difference(before)
    moved = {"Posting.state", "PostingRevision.state", "PostingRevision.submitted_at"}
    assert (changed - {"Posting.updated_at", "PostingRevision.updated_at"}, tainted) == (moved, [])
    world.draft.refresh_from_db()
    assert world.draft.state == "in_review"


ANSWERED = {"Application.state", "Application.moved_at", "Application.answered_at"}
VERBS = {
    "pause": {"Posting.state", "Posting.paused_for"},
    "fill": {"Posting.state", *ANSWERED},
    "close": {"Posting.state", *ANSWERED},
    "confirm": {"Posting.confirmed_at", "Posting.closes_at"},
    "extend": {"Posting.confirmed_at", "Posting.closes_at", "Posting.apply_until"},
    "revise": set(),
    "duplicate": set(),
}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_does_that_alone(world: World, victim: User, verb: str) -> None:
    client, url = world.client(world.owner), one(world, world.live, "act", verb=verb)
    fields = kept_form(client, url)
    if verb in ("fill", "close"):  # the mails were read
        told = world.live.applications.values_list("public_id", flat=True)
        fields |= {"step": "send", "told": " ".join(told)}
    if verb == "extend":
        fields["apply_until"] = datetime.now(UTC).date().isoformat()
    before = snapshot()
    assert send(client, url, victim, fields) == 302
    changed, tainted = difference(before)
    assert (changed - {"Posting.updated_at"}, tainted) == (VERBS[verb], [])
    assert Posting.objects.filter(author=victim).count() == 0


def test_signing_up_makes_no_staff(world: World, victim: User, client: Client) -> None:
    before = snapshot()
    fields = {"name": "Ada", "email": "ada@example.test", "password1": "a-long-uncommon-word-7"}
    assert send(client, reverse("account_signup"), victim, fields) == 302
    changed, tainted = difference(before)
    new = User.objects.get(email="ada@example.test")
    assert (changed, tainted, new.suspended_at) == (set(), [], None)


def test_the_check_sees_a_taint(world: World, victim: User) -> None:
    before = snapshot()
    make_user(is_staff=True)
    User.objects.filter(pk=victim.pk).update(name=EVIL)
    assert difference(before) == ({"User.name"}, ["User.is_staff"])
