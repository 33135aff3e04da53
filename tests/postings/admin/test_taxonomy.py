"""The taxonomy in the admin: proposals, aliases, merges."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from postings.models import PostingRevision, SearchDocument
from profiles.actions.skill_review import AlreadyDecided, approve
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill, SkillAlias, SkillEvent
from profiles.taxonomy.normalize import normalize
from tests.factories.candidates import make_candidate
from tests.factories.postings import asks, draft_posting, published_posting
from tests.postings.admin.deciding import decide
from tests.postings.search.board_world import found

pytestmark = pytest.mark.django_db
SKILLS = "admin:profiles_skill_changelist"


def proposal(name="Warm transfers"):
    return Skill.objects.create(
        name=name,
        slug=normalize(name).replace(" ", "-"),
        normalized=normalize(name),
        kind=SkillKind.SKILL,
        status=SkillStatus.PROPOSED,
    )


@pytest.mark.parametrize(
    ("action", "status"),
    [("approve", SkillStatus.APPROVED), ("reject", SkillStatus.REJECTED)],
)
def test_proposed_terms_are_decided(client, moderator, action, status):
    skill = proposal()
    decide(client, SKILLS, action, [skill])
    skill.refresh_from_db()
    assert skill.status == status
    with pytest.raises(AlreadyDecided):
        approve(skill=skill, actor=moderator, now=datetime.now(UTC))
    event = SkillEvent.objects.get(skill=skill)
    assert (event.verb, event.actor, event.to_state) == (action, moderator, status)


def skill_form(**words):
    formset = {f"aliases-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {"name": "Call centre", "slug": "x", "kind": "skill", **formset, **words}


def test_a_term_is_added_once_however_it_is_spelt(client, moderator):
    add = reverse("admin:profiles_skill_add")
    alias = {
        "aliases-TOTAL_FORMS": 1,
        "aliases-0-name": "Contact Center",
        "aliases-0-language": "en",
    }
    assert client.post(add, skill_form(**alias)).status_code == 302
    skill = Skill.objects.get(slug="x")
    assert (skill.normalized, skill.aliases.get().normalized) == (
        normalize("call center"),
        normalize("contact centre"),
    )
    again = client.post(add, skill_form(name="Call Center", slug="y"))
    assert "There is a term of this name and kind already." in again.content.decode()


def test_an_alias_leads_to_one_term(client, moderator):
    skill = Skill.objects.get(slug="coaching")
    add = reverse("admin:profiles_skillalias_add")
    words = {"skill": skill.pk, "name": "sfdc", "language": "en"}
    page = client.post(add, words).content.decode()
    assert "This leads to Salesforce Service Cloud already." in page
    client.post(add, {**words, "name": "Team coaching"})
    assert SkillAlias.objects.get(normalized="team coaching").skill == skill


def test_a_list_counts_the_public_jobs_that_ask_for_a_term(client, moderator):
    published_posting()
    published_posting()
    draft_posting()
    page = client.get(reverse(SKILLS), {"q": "complaint"}).content.decode()
    assert '<td class="field-asked_for">2</td>' in page


def merge_url(skill):
    return reverse("admin:profiles_skill_merge", args=(skill.pk,))


def test_a_merge_shows_its_impact_and_everything_follows(client, moderator, run_jobs):
    old = proposal("Warm transfers")
    new = Skill.objects.get(slug="coaching")
    SkillAlias.objects.create(skill=old, name="Warm handover", normalized="warm handover")
    live = published_posting(title="Live", requirements=(asks(old.slug, 1),))
    published_posting(title="Both", requirements=(asks(old.slug, 1), asks("coaching", 2)))
    draft_posting(requirements=(asks(old.slug, 1),))
    person = make_candidate(skills={old.slug: 2})
    run_jobs()

    listed = client.get(reverse(SKILLS), {"status__exact": "proposed"}).content.decode()
    assert "1 candidate, 2 jobs, 1 draft" in listed
    asked = client.get(merge_url(old), {"into": "Coaching"}).content.decode()
    assert "1 candidate, 2 jobs, 1 draft will name Coaching" in asked
    done = client.post(merge_url(old), {"into": "coaching"}, follow=True).content.decode()
    assert "Warm transfers is Coaching from now on: 1 candidate, 2 jobs, 1 draft moved." in done

    old.refresh_from_db()
    assert (old.status, old.merged_into) == (SkillStatus.MERGED, new)
    assert set(new.aliases.values_list("name", flat=True)) == {"Warm transfers", "Warm handover"}
    assert list(live.requirements.values_list("skill", flat=True)) == [new.pk]
    assert list(SearchDocument.objects.values_list("skills", flat=True)) == [[new.pk]] * 2
    event = SkillEvent.objects.get(skill=old)
    impact = {"candidates": 1, "jobs": 2, "drafts": 1}
    assert event.details == {"into": "coaching", "impact": impact}
    assert list(person.skills.values_list("skill", "level")) == [(new.pk, 2)]
    assert run_jobs() == ["postings.reindex_skill"]
    assert list(SearchDocument.objects.values_list("skills", flat=True)) == [[new.pk]] * 2
    now = datetime.now(UTC)
    assert {p.title for p in found("q=warm+handover", now=now).postings} == {"Live", "Both"}
    assert found("skill=warm-transfers&skill=coaching", now=now).params.query == "skill=coaching"
    shown = client.get(f"/api/v1/postings/{live.public_id}").json()
    assert shown["requirements"][0]["skill"]["slug"] == "coaching"
    assert PostingRevision.objects.get(posting=live).content["requirements"][0]["skill"] == old.slug
    page = client.get(live.get_absolute_url()).content.decode()
    assert "Coaching" in page
    assert "Warm transfers" not in page


def test_what_was_merged_before_leads_on_in_one_step(client, moderator):
    first, second = proposal("Warm transfers"), proposal("Warm handovers")
    approve(skill=second, actor=moderator, now=datetime.now(UTC))
    client.post(merge_url(first), {"into": second.slug})
    client.post(merge_url(second), {"into": "coaching"})
    assert Skill.objects.by_slug(["warm-transfers", "warm-handovers", "coaching", "x"]) == {
        slug: Skill.objects.get(slug="coaching")
        for slug in ("warm-transfers", "warm-handovers", "coaching")
    }
    assert client.get(merge_url(second)).status_code == 404


@pytest.mark.parametrize(
    ("into", "words"),
    [
        ("zendesk", "We know no approved skill “zendesk”."),
        ("warm-transfers", "We know no approved skill"),
        ("cold-transfers", "We know no approved skill"),
        ("\0", "Merge into:"),
    ],
)
def test_only_an_approved_term_of_the_kind_takes_another_in(client, moderator, into, words):
    skill = proposal("Warm transfers")
    proposal("Cold transfers")
    assert words in client.post(merge_url(skill), {"into": into}).content.decode()
    skill.refresh_from_db()
    assert skill.status == SkillStatus.PROPOSED


def test_an_approved_term_is_not_merged_into_itself(client, moderator):
    skill = Skill.objects.get(slug="coaching")
    page = client.post(merge_url(skill), {"into": "coaching"}).content.decode()
    assert "A term can’t be merged into itself." in page


def test_a_new_alias_finds_the_jobs_that_ask_for_the_term(client, moderator, run_jobs):
    published_posting(title="Planner", requirements=(asks("workforce-planning", 1),))
    run_jobs()
    skill = Skill.objects.get(slug="workforce-planning")
    words = {"skill": skill.pk, "name": "Rostering", "language": "en"}
    client.post(reverse("admin:profiles_skillalias_add"), words)
    now = datetime.now(UTC)
    assert found("q=rostering", now=now).count == 0
    run_jobs()
    assert [p.title for p in found("q=rostering", now=now).postings] == ["Planner"]


def test_the_page_of_a_term_links_to_esco_and_onet(client, moderator):
    skill = Skill.objects.get(slug="zendesk")
    uri = "http://data.europa.eu/esco/skill/e8ef317f"
    Skill.objects.filter(pk=skill.pk).update(esco_uri=uri, onet="Zendesk")
    url = reverse("admin:profiles_skill_change", args=(skill.pk,))
    page = client.get(url).content.decode()
    assert f'href="{uri}" rel="noreferrer">ESCO' in page
    assert "O*NET: Zendesk" in page
    assert "Merge into another term" in page


def test_proposals_stand_first_in_the_list(client, moderator):
    proposal("Zoning")
    page = client.get(reverse(SKILLS)).content.decode()
    assert page.index("Zoning") < page.index("Coaching")
