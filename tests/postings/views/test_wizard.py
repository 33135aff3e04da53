"""The wizard in the browser's eyes: rows, errors, conflicts, resent forms, strangers."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from postings.actions.lifecycle import submit_for_review
from postings.actions.postings import save_draft, start_revision
from postings.content import PostingContent
from postings.enums import Level, PostingState, RevisionState
from postings.forms.steps import STEPS
from postings.level_templates import template_for
from postings.models import Posting, PostingRevision
from profiles.enums import Industry, SkillStatus
from profiles.models import Employer, Skill, User
from tests.browserless import PageForm, page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows
from tests.factories.postings import complete_content, draft_posting, published_posting

pytestmark = pytest.mark.django_db
NEXT = ("go", "next")


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer(name="Harbour Telecom", sector=Industry.TELECOM)


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


@pytest.fixture
def draft(employer: Employer, owner: User) -> Posting:
    return draft_posting(employer=employer, author=owner)


def url(posting: Posting, page: str = "") -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/{page}"


def opened(client: Client, posting: Posting, step: str) -> PageForm:
    response = client.get(url(posting, f"edit/{step}/"))
    assert response.status_code == 200
    return page_form(response.content)


def content_of(posting: Posting) -> PostingContent:
    return posting.revisions.get().value


# ---- what to start from ----


def test_a_template_fills_the_draft(client: Client, employer: Employer, owner: User) -> None:
    new = f"/hire/{employer.slug}/postings/new/"
    form = page_form(client.get(new).content)
    assert [value for value in form.options["start"] if value.startswith("level:")] == [
        f"level:{level}" for level in Level
    ]
    client.post(new, form.send(start="level:director"))
    posting = Posting.objects.get()
    expected = template_for(Level.DIRECTOR).content.with_(industry=Industry.TELECOM)
    assert content_of(posting) == expected
    assert (posting.author, posting.state) == (owner, PostingState.DRAFT)


def test_an_empty_page_leads_to_the_first_step(client: Client, draft: Posting) -> None:
    new = f"/hire/{draft.employer.slug}/postings/new/"
    response = client.post(new, page_form(client.get(new).content).send(start="empty"), follow=True)
    posting = Posting.objects.exclude(pk=draft.pk).get()
    assert response.redirect_chain[-1][0] == url(posting, "edit/about/")


def test_one_of_ours_can_be_copied_and_nobody_elses(client: Client, draft: Posting) -> None:
    theirs = draft_posting()
    new = f"/hire/{draft.employer.slug}/postings/new/"
    form = page_form(client.get(new).content)
    assert f"copy:{theirs.public_id}" not in form.options["start"]
    assert client.post(new, form.send(start=f"copy:{theirs.public_id}")).status_code == 200
    assert Posting.objects.count() == 2
    client.post(new, form.send(start=f"copy:{draft.public_id}"))
    assert Posting.objects.get(copied_from=draft).employer == draft.employer


def test_a_resent_form_makes_one_draft(client: Client, employer: Employer, owner: User) -> None:
    new = f"/hire/{employer.slug}/postings/new/"
    sent = page_form(client.get(new).content).send(start="level:manager")
    first, second = client.post(new, sent), client.post(new, sent)
    assert first["Location"] == second["Location"]
    assert Posting.objects.count() == 1
    other = Client()
    other.force_login(make_member(employer))
    assert other.post(new, sent).status_code == 404


KEY = str(uuid.uuid4())


@pytest.mark.parametrize("sent", [{}, {"key": KEY}, {"start": "x", "key": KEY}])
def test_a_start_that_says_nothing_is_asked_again(
    client: Client, employer: Employer, owner: User, sent: dict[str, str]
) -> None:
    response = client.post(f"/hire/{employer.slug}/postings/new/", sent)
    assert (response.status_code, Posting.objects.count()) == (200, 0)


# ---- steps ----


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_saving_what_was_opened_changes_nothing(client: Client, draft: Posting, step: str) -> None:
    before = content_of(draft)
    form = opened(client, draft, step)
    response = client.post(url(draft, f"edit/{step}/"), form.send(press=("go", "leave")))
    assert response["Location"] == url(draft, "edit/")
    assert content_of(draft) == before
    assert draft.revisions.get().version == 2


def test_the_draft_is_kept_and_its_title_follows(client: Client, draft: Posting) -> None:
    form = opened(client, draft, "about")
    response = client.post(
        url(draft, "edit/about/"), form.send(press=NEXT, title="Head of Service")
    )
    assert response["Location"] == url(draft, "edit/check/")
    draft.refresh_from_db()
    assert (draft.title, draft.slug) == ("Head of Service", "head-of-service")


def test_an_unfinished_step_is_saved_and_says_what_is_missing(
    client: Client, draft: Posting
) -> None:
    form = opened(client, draft, "about")
    response = client.post(url(draft, "edit/about/"), form.send(press=NEXT, title=""))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Enter the title of the job." in page
    assert '<a href="#id_title">' in page
    assert content_of(draft).title == ""
    assert page_form(page).values["version"] == ["2"]
    # And it can be left as it is.
    left = client.post(url(draft, "edit/about/"), page_form(page).send(press=("go", "leave")))
    assert left["Location"] == url(draft, "edit/")


def test_wrong_input_is_kept_and_not_saved(client: Client, draft: Posting) -> None:
    form = opened(client, draft, "pay")
    typed = {"bands__0__minimum": "75,000", "bands__0__maximum": "about 60"}
    response = client.post(url(draft, "edit/pay/"), form.send(press=NEXT, **typed))
    page = response.content.decode()
    assert page_form(page).values["bands-0-maximum"] == ["about 60"]
    assert "<title>Error: Pay" in page
    assert draft.revisions.get().version == 1


def test_rows_are_added_moved_and_removed_with_nothing_lost(client: Client, draft: Posting) -> None:
    address = url(draft, "edit/work/")
    form = opened(client, draft, "work")
    assert form.values["responsibilities-count"] == ["3"]
    first = form.values["responsibilities-0-text"][0]

    def press(form: PageForm, verb: str, value: str, **typed: Any) -> PageForm:
        return page_form(client.post(address, form.send(press=(verb, value), **typed)).content)

    form = press(form, "add", "responsibilities", team_size="not a number")
    assert form.values["responsibilities-count"] == ["4"]
    assert form.values["team_size"] == ["not a number"]
    form = press(form, "up", "responsibilities-3", responsibilities__3__text="x" * 400)
    assert form.values["responsibilities-2-text"] == ["x" * 400]
    form = press(form, "down", "responsibilities-0")
    assert form.values["responsibilities-1-text"] == [first]
    form = press(form, "remove", "responsibilities-2")
    form = press(form, "add", "kpis")
    assert form.options["kpis-0-kind"][0] == ""
    assert draft.revisions.get().version == 1

    sent = form.send(press=("go", "leave"), team_size="8", kpis__0__kind="csat")
    client.post(address, sent)
    content = content_of(draft)
    assert content.responsibilities[1] == first
    assert (len(content.responsibilities), content.team_size) == (3, 8)
    assert [kpi.kind for kpi in content.kpis] == ["csat"]


def test_a_full_list_takes_no_more_rows(client: Client, draft: Posting) -> None:
    rows = tuple(f"Task {number}." for number in range(20))
    revision = draft.revisions.get()
    save_draft(
        revision=revision,
        actor=None,
        now=timezone.now(),
        version=1,
        content=complete_content(responsibilities=rows),
    )
    form = opened(client, draft, "work")
    assert ("add", "responsibilities") not in form.buttons
    sent = form.send() | {"add": "responsibilities"}
    page = page_form(client.post(url(draft, "edit/work/"), sent).content)
    assert page.values["responsibilities-count"] == ["20"]


def test_an_unknown_term_is_proposed(client: Client, draft: Posting, owner: User) -> None:
    address = url(draft, "edit/requirements/")
    form = opened(client, draft, "requirements")
    sent = form.send(press=("add", "requirements:tool"))
    form = page_form(client.post(address, sent).content)
    sent = form.send(press=NEXT, requirements__1__term="Zendesc Sell")
    form = page_form(client.post(address, sent).content)
    assert form.options["requirements-1-choice"][-1] == "propose"
    sent = form.send(press=NEXT, requirements__1__choice="propose")
    assert client.post(address, sent).status_code == 302
    skill = Skill.objects.get(name="Zendesc Sell")
    assert (skill.status, skill.proposed_by) == (SkillStatus.PROPOSED, owner)
    assert content_of(draft).requirements[1].skill == skill.slug
    # It opens and saves again as it is.
    again = opened(client, draft, "requirements").send(press=NEXT)
    assert client.post(address, again).status_code == 302


# ---- two editors ----


def save_theirs(posting: Posting, **changes: Any) -> None:
    revision = posting.revisions.get()
    content = revision.value.with_(**changes)
    save_draft(
        revision=revision, actor=None, now=timezone.now(), version=revision.version, content=content
    )


def test_the_second_editor_sees_the_difference_and_chooses(client: Client, draft: Posting) -> None:
    address = url(draft, "edit/about/")
    form = opened(client, draft, "about")
    save_theirs(draft, title="Their title", level=Level.DIRECTOR, description="Their text.")
    response = client.post(
        address, form.send(press=NEXT, title="My title", description="Their text.")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert content_of(draft).title == "Their title"
    for words in ("My title", "Their title", "Manager", "Director"):
        assert words in page
    choice = page_form(page)
    assert sorted(name for name in choice.values if name.startswith("keep-")) == [
        "keep-level",
        "keep-title",
    ]
    done = client.post(address, choice.send(keep__level="theirs"))
    assert done.status_code == 302
    content = content_of(draft)
    assert (content.title, content.level) == ("My title", Level.DIRECTOR)


def test_a_third_save_in_between_is_a_conflict_again(client: Client, draft: Posting) -> None:
    address = url(draft, "edit/about/")
    form = opened(client, draft, "about")
    save_theirs(draft, title="Second")
    choice = page_form(client.post(address, form.send(press=NEXT, title="Mine")).content)
    save_theirs(draft, title="Third")
    assert client.post(address, choice.send()).status_code == 409
    assert content_of(draft).title == "Third"


def test_a_double_click_is_no_conflict(client: Client, draft: Posting) -> None:
    address = url(draft, "edit/about/")
    sent = opened(client, draft, "about").send(press=NEXT, title="Twice")
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert draft.revisions.get().version == 2


@pytest.mark.parametrize("version", ["", "x", "99999999999", "-1"])
def test_a_version_that_nobody_opened_overwrites_nothing(
    client: Client, draft: Posting, version: str
) -> None:
    sent = opened(client, draft, "about").send(press=NEXT, title="New", version=version)
    assert client.post(url(draft, "edit/about/"), sent).status_code == 409
    assert content_of(draft).title != "New"


# ---- check and submit ----


def test_the_check_page_hands_in(client: Client, draft: Posting) -> None:
    form = opened(client, draft, "check")
    response = client.post(url(draft, "edit/check/"), form.send(), follow=True)
    assert b"Handed in." in response.content
    draft.refresh_from_db()
    assert draft.state == PostingState.IN_REVIEW
    again = client.post(url(draft, "edit/check/"), form.send())
    assert again["Location"] == url(draft)


def test_what_changed_since_is_looked_at_again(client: Client, draft: Posting) -> None:
    form = opened(client, draft, "check")
    save_theirs(draft, title="Other")
    response = client.post(url(draft, "edit/check/"), form.send())
    assert b"Check it again" in response.content
    draft.refresh_from_db()
    assert draft.state == PostingState.DRAFT


def test_an_incomplete_draft_has_no_submit_button_and_is_refused(
    client: Client, draft: Posting
) -> None:
    save_theirs(draft, pay_bands=())
    page = client.get(url(draft, "edit/check/")).content
    assert b"Submit for review" not in page
    assert b"Enter the pay" in page
    response = client.post(url(draft, "edit/check/"), {"version": "2"})
    assert response.status_code == 200
    tasks = client.get(url(draft, "edit/")).content.decode()
    assert "Not started" in tasks
    save_theirs(draft, title="")
    assert "1 answer missing" in client.get(url(draft, "edit/")).content.decode()
    assert "Opens when the steps above are done." in tasks
    assert client.get(url(draft, "edit/begin/"))["Location"] == url(draft, "edit/about/")


def test_what_an_importer_guessed_is_marked_and_has_to_be_confirmed(
    client: Client, draft: Posting
) -> None:
    save_theirs(draft, guessed=("level", "mode"))
    tasks = client.get(url(draft, "edit/")).content.decode()
    assert tasks.count("1 guess to check") == 2
    assert "The level was guessed from the title. Check it and save." in tasks
    check = client.get(url(draft, "edit/check/")).content
    assert (b"2 guesses to check" in check, b"Submit for review" in check) == (True, False)
    client.post(url(draft, "edit/check/"), {"version": "2"})
    assert content_of(draft).guessed == ("level", "mode")
    draft.refresh_from_db()
    assert draft.state == PostingState.DRAFT
    page = client.get(url(draft, "edit/about/")).content
    assert page.count(b"Guessed from the title: check it") == 1
    answer = client.post(url(draft, "edit/about/"), page_form(page).send(press=NEXT))
    assert (answer["Location"], content_of(draft).guessed) == (url(draft, "edit/place/"), ("mode",))
    client.post(url(draft, "edit/place/"), opened(client, draft, "place").send(press=NEXT))
    assert content_of(draft) == complete_content()
    client.post(url(draft, "edit/check/"), opened(client, draft, "check").send())
    draft.refresh_from_db()
    assert draft.state == PostingState.IN_REVIEW


def test_a_suspended_employer_is_told_why(client: Client, draft: Posting) -> None:
    Employer.objects.filter(pk=draft.employer_id).update(suspended_at=timezone.now())
    for page in ("edit/", "edit/check/", ""):
        assert b"This employer is suspended" in client.get(url(draft, page)).content
    client.post(url(draft, "edit/check/"), {"version": "1"})
    draft.refresh_from_db()
    assert draft.state == PostingState.DRAFT


def test_what_is_in_review_can_not_be_edited(client: Client, draft: Posting) -> None:
    form = opened(client, draft, "about")
    now = timezone.now()
    submit_for_review(posting=draft, revision=draft.revisions.get(), actor=None, now=now)
    for page in ("edit/", "edit/about/", "edit/check/"):
        assert client.get(url(draft, page))["Location"] == url(draft)
    sent = form.send(press=NEXT, title="Late")
    assert client.post(url(draft, "edit/about/"), sent)["Location"] == url(draft)
    assert content_of(draft).title == complete_content().title


def test_what_is_handed_in_meanwhile_is_not_changed(client: Client, draft: Posting) -> None:
    sent = opened(client, draft, "about").send(press=NEXT, title="Late")
    handed_in: list[Posting] = []

    def hand_in(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "postings_postingrevision"') and not handed_in:
            handed_in.append(draft)
            revision = draft.revisions.get()
            submit_for_review(posting=draft, revision=revision, actor=None, now=timezone.now())
        return execute(sql, *more)

    with connection.execute_wrapper(hand_in):
        response = client.post(url(draft, "edit/about/"), sent)
    assert response["Location"] == url(draft)
    assert content_of(draft).title == complete_content().title
    assert b"Your changes were not saved" in client.get(url(draft)).content


def test_the_preview_is_the_public_layout(client: Client, draft: Posting) -> None:
    page = client.get(url(draft, "preview/")).content.decode()
    for words in ("What the job asks", "Where this job sits", "Only your team sees this page"):
        assert words in page


def test_a_change_to_a_live_posting_leaves_the_approved_one_alone(
    client: Client, employer: Employer, owner: User
) -> None:
    posting = published_posting(employer=employer, author=owner)
    start_revision(posting=posting, actor=owner, now=timezone.now())
    form = opened(client, posting, "about")
    client.post(url(posting, "edit/about/"), form.send(press=NEXT, title="New title"))
    tasks = client.get(url(posting, "edit/")).content.decode()
    assert "approved one stays public" in tasks
    posting.refresh_from_db()
    assert posting.title == posting.live_content.title == complete_content().title
    draft = PostingRevision.objects.get(posting=posting, state=RevisionState.DRAFT)
    assert draft.value.title == "New title"


# ---- strangers ----

PAGES = ["", "edit/", "edit/begin/", "edit/check/", "preview/", "close/"]
PAGES += [f"edit/{step.key}/" for step in STEPS]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_it(client: Client, draft: Posting, page: str) -> None:
    strange = Client()
    strange.force_login(make_member(make_employer()))
    assert strange.get(url(draft, page)).status_code == 404
    assert strange.post(url(draft, page)).status_code in (404, 405)
    anonymous = Client().get(url(draft, page))
    assert anonymous["Location"].startswith("/accounts/login/")
    # Nor under another employer of one's own.
    other = make_employer()
    make_member(other, User.objects.get(memberships__employer=draft.employer))
    assert client.get(f"/hire/{other.slug}/postings/{draft.public_id}/{page}").status_code == 404


def test_a_step_that_does_not_exist(client: Client, draft: Posting) -> None:
    assert client.get(url(draft, "edit/nothing/")).status_code == 404
    assert client.get(url(draft, "nothing/")).status_code == 404
