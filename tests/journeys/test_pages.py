"""Every page, empty, filled and with errors: access by axe, HTML by the Nu checker, a phone's
width, and nothing that the strict policy or the console has to complain about."""

import json
import os
import re
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from playwright.sync_api import expect

from cscareers.demo_logins import DOMAIN, ROLES
from postings.actions import lifecycle
from postings.actions.moderators import ensure_group
from postings.actions.postings import duplicate
from postings.demo.seed import seed
from postings.demo.world import demo_world, doubtful_world
from postings.models import ImportRun, Posting, PostingRevision, RiskRule, UnmatchedSearch
from profiles.models import Employer, Skill, User
from tests.factories.people import make_employer, make_member, make_moderator
from tests.factories.postings import draft_posting, published_posting, submitted_posting
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import PASSWORD, demo_board, person, terms_of_templates

JUDGES = Path(__file__).parent / "judges"
VNU = JUDGES / "node_modules/vnu-jar/build/dist/vnu.jar"


def test_the_public_pages(new_visitor: NewVisitor) -> None:
    posting = demo_board(24)[0]
    over = published_posting(title="Complaints Lead", employer=posting.employer)
    lifecycle.close(posting=over, actor=None, now=datetime.now(UTC))
    reader = new_visitor()
    for name, path, status in (
        ("home", "/", 200),
        ("board", "/jobs/", 200),
        ("board-filtered", "/jobs/?q=manager&level=manager&level=team_lead&mode=remote", 200),
        ("board-zero", "/jobs/?q=astronaut&mode=onsite&pay_min=900000&currency=USD", 200),
        ("board-error", "/jobs/?pay_min=lots&level=nothing", 200),
        ("posting", posting.get_absolute_url(), 200),
        ("posting-over", over.get_absolute_url(), 410),
        ("employer", f"/employers/{posting.employer.slug}/", 200),
        ("about-data", "/about/data/", 200),
        ("not-found", "/nothing-here/", 404),
    ):
        reader.open(path)
        reader.judge(name, status=status)


def test_the_public_pages_without_rows(new_visitor: NewVisitor) -> None:
    reader = new_visitor()
    employer = make_employer("Nobody Hires Here")
    reader.open("/")
    reader.judge("home-empty")
    reader.open("/jobs/")
    reader.judge("board-empty")
    reader.open(f"/employers/{employer.slug}/")
    reader.judge("employer-empty")


def test_the_pages_of_accounts(new_visitor: NewVisitor) -> None:
    guest = new_visitor()
    for name, path, typed in (
        ("login", "/accounts/login/", {"login": "dana"}),
        ("signup", "/accounts/signup/", {"email": "dana@", "password1": "1"}),
        ("reset", "/accounts/password/reset/", {"email": "dana@"}),
    ):
        guest.open(path)
        guest.judge(name)
        guest.fill(**typed)
        guest.go(guest.page.locator("main form button.btn--go"))
        guest.judge(f"{name}-error")
    for name, path in (
        ("reset-done", "/accounts/password/reset/done/"),
        ("reset-dead-link", "/accounts/password/reset/key/1-x/"),
        ("verification-sent", "/accounts/confirm-email/"),
        ("verification-dead-link", "/accounts/confirm-email/x/"),
        ("inactive", "/accounts/inactive/"),
    ):
        guest.open(path)
        guest.judge(name)


def test_the_pages_of_a_person(new_visitor: NewVisitor, settings: Any) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # a code may run out between being made and being read
    member = new_visitor(user=person("dana@example.test"))
    for name, path in (
        ("me", "/me/"),
        ("email", "/accounts/email/"),
        ("password", "/accounts/password/change/"),
        ("logout", "/accounts/logout/"),
        ("two-step", "/accounts/2fa/"),
        ("hire-empty", "/hire/"),
    ):
        member.open(path)
        member.judge(name)
    member.open("/accounts/2fa/totp/activate/")
    member.judge("reauthenticate")
    member.fill(password=PASSWORD)
    member.go(member.page.locator("main form button.btn--go"))
    member.judge("two-step-set-up")
    member.fill(code="1")
    member.go(member.page.locator("main form button.btn--go"))
    member.judge("two-step-set-up-error")
    secret = member.value("#authenticator_secret")
    member.fill(code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    member.go(member.page.locator("main form button.btn--go"))
    member.judge("two-step-codes")
    for name, path in (
        ("two-step-on", "/accounts/2fa/"),
        ("two-step-new-codes", "/accounts/2fa/recovery-codes/generate/"),
        ("two-step-off", "/accounts/2fa/totp/deactivate/"),
    ):
        member.open(path)
        member.judge(name)
    again = new_visitor()
    again.open("/accounts/login/")
    again.fill(login="dana@example.test", password=PASSWORD)
    again.press("Sign in")
    again.judge("two-step-ask")
    again.fill(code="000")
    again.go(again.page.locator("main form button.btn--go").first)
    again.judge("two-step-ask-error")


def test_the_pages_of_an_employer(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    owner = person("ruth@lindqvist.test")
    member = new_visitor(user=owner)
    member.open("/hire/new/")
    member.judge("employer-new")
    member.fill(name="Lindqvist", site="not an address")
    member.press("Add employer")
    member.judge("employer-new-error")
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    make_member(employer, owner)
    other = make_member(employer, person("sam@lindqvist.test"), role="recruiter")
    member.open("/hire/lindqvist/")
    member.judge("desk-empty")
    member.open("/hire/lindqvist/postings/")
    member.judge("job-list-empty")
    _postings_of(employer)
    for name, path in (
        ("hire", "/hire/"),
        ("desk", "/hire/lindqvist/"),
        ("job-list", "/hire/lindqvist/postings/"),
        ("team", "/hire/lindqvist/team/"),
        ("settings", "/hire/lindqvist/settings/"),
        ("leave", "/hire/lindqvist/team/leave/"),
    ):
        member.open(path)
        member.judge(name)
    membership = other.memberships.get()
    member.open(f"/hire/lindqvist/team/members/{membership.public_id}/remove/")
    member.judge("team-remove")
    member.open("/hire/lindqvist/team/")
    member.fill(email="nobody")
    member.press("Send invitation")
    member.judge("team-error")
    member.open("/hire/lindqvist/settings/")
    member.fill(name="", site="x")
    member.press("Save")
    member.judge("settings-error")


def _postings_of(employer: Employer) -> None:
    draft_posting(employer=employer, title="Onboarding Lead")
    submitted_posting(employer=employer, title="Head of Support")
    published_posting(employer=employer, title="Team Lead, returns")
    paused = published_posting(employer=employer, title="Complaints Manager")
    lifecycle.pause(posting=paused, actor=None, now=datetime.now(UTC))


def _staff(new_visitor: NewVisitor) -> tuple[Visitor, Employer]:
    terms_of_templates()
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    return new_visitor(user=make_member(employer)), employer


# What is typed wrong at each step, with the words that then stand at the field.
WRONG = {
    "about": {"title": ""},
    "place": {"locations__0__text": "Atlantis"},
    "pay": {"bands__0__minimum": "90000", "bands__0__maximum": "lots"},
    "work": {"responsibilities__0__text": "", "team_size": "many"},
    "requirements": {"requirements__0__term": "Juggling of fish"},
    "closing": {"apply_url": "somewhere"},
}


def test_the_wizard(new_visitor: NewVisitor) -> None:
    member, employer = _staff(new_visitor)
    member.open("/hire/lindqvist/postings/new/")
    member.judge("wizard-new")
    member.press("Start writing")
    member.judge("wizard-new-error")
    member.fill(start="empty")
    member.press("Start writing")
    expect(member.page).to_have_url(re.compile("/edit/"))
    empty = Posting.objects.get()
    filled = draft_posting(employer=employer)
    for posting, name in ((empty, "empty"), (filled, "filled")):
        path = f"/hire/lindqvist/postings/{posting.public_id}"
        for key in WRONG:
            member.open(f"{path}/edit/{key}/")
            member.judge(f"wizard-{key}-{name}")
        for key, rest in (("tasks", "edit/"), ("check", "edit/check/"), ("preview", "preview/")):
            member.open(f"{path}/{rest}")
            member.judge(f"wizard-{key}-{name}")
    for key, typed in WRONG.items():
        member.open(f"{path}/edit/{key}/")
        member.unfold()
        member.fill(**typed)
        member.press("Save and go on")
        expect(member.page.locator("#error-summary"), key).to_be_visible()
        member.judge(f"wizard-{key}-error")


def test_the_wizard_when_two_write(new_visitor: NewVisitor) -> None:
    first, employer = _staff(new_visitor)
    second = new_visitor(user=make_member(employer))
    posting = draft_posting(employer=employer)
    about = f"/hire/lindqvist/postings/{posting.public_id}/edit/about/"
    for visitor, title in ((first, "Service Manager"), (second, "Manager of Care")):
        visitor.open(about)
        visitor.fill(title=title)
    first.press("Save and leave")
    second.press("Save and leave")
    second.judge("wizard-conflict", status=409)


def test_the_pages_of_a_posting_in_each_state(new_visitor: NewVisitor) -> None:
    member, employer = _staff(new_visitor)
    now = datetime.now(UTC)
    paused = published_posting(employer=employer, now=now - timedelta(days=9))
    lifecycle.pause(posting=paused, actor=None, now=now)
    asked: set[str] = set()
    for name, posting in (
        ("in-review", submitted_posting(employer=employer)),
        ("published", published_posting(employer=employer)),
        ("paused", paused),
    ):
        member.open(f"/hire/lindqvist/postings/{posting.public_id}/")
        member.judge(f"manage-{name}")
        for url in member.addresses(".offers a"):
            verb = url.rstrip("/").rsplit("/", 1)[-1]
            if verb not in asked:
                asked.add(verb)
                member.open(url)
                member.judge(f"confirm-{verb}")
    assert asked >= {"withdraw", "confirm", "extend", "revise", "pause", "resume", "close"}


def test_the_admin(new_visitor: NewVisitor, settings: Any) -> None:
    settings.DEMO = True  # staff enter without a second factor
    terms_of_templates()
    moderator = make_moderator()
    moderator.groups.add(ensure_group())
    staff = new_visitor(user=moderator)
    guest = new_visitor()
    guest.open("/admin/login/?next=/admin/")
    guest.judge("admin-login")
    staff.open("/admin/postings/postingrevision/")
    staff.judge("admin-queue-empty")
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    posting = submitted_posting(employer=employer, author=make_member(employer))
    live = published_posting(employer=employer, title="Team Lead, returns")
    review = f"/admin/postings/postingrevision/{posting.revisions.get().pk}"
    for name, path in (
        ("index", "/admin/"),
        ("queue", "/admin/postings/postingrevision/"),
        ("jobs", "/admin/postings/posting/"),
        ("job", f"/admin/postings/posting/{live.pk}/change/"),
        ("events", "/admin/postings/postingevent/"),
        ("employers", "/admin/profiles/employer/"),
        ("employer", f"/admin/profiles/employer/{employer.pk}/change/"),
        ("people", "/admin/profiles/user/"),
        ("terms", "/admin/profiles/skill/"),
        ("term-new", "/admin/profiles/skill/add/"),
        ("preview", f"{review}/preview/"),
        ("review", f"{review}/change/"),
    ):
        staff.open(path)
        staff.judge(f"admin-{name}")
    staff.go(staff.page.get_by_role("button", name="Send back", exact=True))
    staff.judge("admin-review-error")
    staff.open("/admin/profiles/skill/add/")
    staff.go(staff.page.locator("[name=_save]").first)
    staff.judge("admin-term-new-error")


def _seeded() -> Employer:
    """The demo's moderators' desk, and one employer of the demo's owner."""
    for command in ("load_places", "load_taxonomy"):
        call_command(command, stdout=StringIO(), stderr=StringIO())
    worlds = [world for world in demo_world() if world.slug == "tallgrass-mutual"]
    logins = {f"{role}@{DOMAIN}": PASSWORD for role in ROLES}
    seed(logins=logins, now=datetime.now(UTC), worlds=[*worlds, *doubtful_world()])
    return Employer.objects.get(slug="tallgrass-mutual")


def test_the_pages_of_a_busy_moderator(new_visitor: NewVisitor, settings: Any) -> None:
    settings.DEMO = True  # staff enter without a second factor
    _seeded()
    staff = new_visitor(user=User.objects.get(email=f"moderator@{DOMAIN}"))
    waiting = {one.posting.title: one for one in PostingRevision.objects.filter(state="in_review")}
    fraud = next(one for title, one in waiting.items() if title.startswith("URGENT"))
    copy = next(one for title, one in waiting.items() if title.endswith("nights"))
    proposed = Skill.objects.get(name="Trauma-informed service")
    rule = RiskRule.objects.get(code="learned-words")
    searched = UnmatchedSearch.objects.get(words="callquill")
    held = Posting.objects.get(title="Guest services assistant")
    for name, path in (
        ("queue-risk", "postings/postingrevision/"),
        ("review-hits", f"postings/postingrevision/{fraud.pk}/change/"),
        ("review-look-alikes", f"postings/postingrevision/{copy.pk}/change/"),
        ("decided-today", "postings/postingrevision/decided/"),
        ("reports-all", "postings/reportedposting/?reports=all"),
        ("reports-held", f"postings/reportedposting/{held.pk}/change/"),
        ("rules", "postings/riskrule/"),
        ("rule", f"postings/riskrule/{rule.pk}/change/"),
        ("rules-report", "postings/riskrule/report/"),
        ("notes-filled", "postings/moderatornote/"),
        ("replies", "postings/savedreply/"),
        ("searches", "postings/unmatchedsearch/"),
        ("alias", f"postings/unmatchedsearch/{searched.pk}/alias/"),
        ("term-proposed", f"profiles/skill/{proposed.pk}/change/"),
        ("merge", f"profiles/skill/{proposed.pk}/merge/"),
        ("merge-impact", f"profiles/skill/{proposed.pk}/merge/?into=empathy"),
    ):
        staff.open(f"/admin/{path}")
        staff.judge(f"admin-{name}")


def test_the_pages_of_imports_and_look_alikes(new_visitor: NewVisitor) -> None:
    employer = _seeded()
    member = new_visitor(user=User.objects.get(email=f"owner@{DOMAIN}"))
    imports = f"/hire/{employer.slug}/imports/"
    for run in ImportRun.objects.all():
        member.open(f"{imports}{run.public_id}/")
        member.judge(f"import-{run.stage}")
    for name, path in (("list", ""), ("upload", "upload/"), ("paste", "paste/")):
        member.open(imports + path)
        member.judge(f"imports-{name}")
    member.press("Look at the ad")
    member.judge("imports-paste-error")
    member.open(f"{imports}upload/")
    member.press("Look at the file")
    member.judge("imports-upload-error")
    live = Posting.objects.published(now=datetime.now(UTC)).filter(employer=employer)
    original = live.order_by("pk")[0]
    again = duplicate(posting=original, actor=original.author, now=datetime.now(UTC))
    member.open(f"/hire/{employer.slug}/postings/{again.public_id}/edit/check/")
    member.judge("wizard-check-look-alike")
    member.press("Submit for review")
    member.judge("wizard-check-look-alike-error")
    reader = new_visitor()
    posted_again = Posting.objects.get(times_posted=2)
    for name, path, status in (
        ("board-near", "/jobs/?near=Omaha%2C+Nebraska&radius_km=50", 200),
        ("board-near-ambiguous", "/jobs/?near=Springfield", 200),
        ("board-near-unknown", "/jobs/?near=Nowhereville", 200),
        ("skills", "/about/data/skills/", 200),
        ("reports-figures", "/about/reports/", 200),
        ("posting-again", posted_again.get_absolute_url(), 200),
        ("posting-followed", posted_again.successor_of.get_absolute_url(), 410),
    ):
        reader.open(path)
        reader.judge(name, status=status)


def _why_no_judge() -> str:
    if shutil.which("java") is None:
        return "the HTML checker needs java"
    return "" if VNU.exists() else f"the HTML checker is absent: npm ci in {JUDGES.name}"


@pytest.mark.skipif(
    bool(_why_no_judge()) and os.environ.get("CI") != "true", reason=_why_no_judge() or "never"
)
@pytest.mark.browser  # it judges what the others saved
def test_the_html_checker(saved_pages: Path) -> None:
    """No error in any page that the tests above have saved, in one call."""
    pages = list(saved_pages.glob("*.html"))
    assert pages, "no page was saved: run the whole file"
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "json", "--exit-zero-always",
         *map(str, sorted(pages))],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found = [
        f"{message['url'].rsplit('/', 1)[-1]}:{message.get('lastLine', 0)}: {message['message']}"
        f" … {re.sub(chr(10), ' ', message.get('extract', ''))[:160]}"
        for message in json.loads(done.stderr)["messages"]
    ]
    assert found == [], "\n".join(found)
