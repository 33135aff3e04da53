"""Employers: made, changed, verified."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from cscareers.core import throttling
from cscareers.core.models import Country
from profiles.actions import employers
from profiles.actions.employers import EmployerFacts
from profiles.enums import EmployerSize, Industry, MemberRole, VerificationKind
from profiles.models import Employer, EmployerEvent
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.places import reference_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def facts(**changes):
    reference_rows()
    values = {
        "name": "Harbour Telecom",
        "site": "https://www.harbour.test/",
        "sector": Industry.TELECOM,
        "size": EmployerSize.UNDER_250,
        "country": Country.objects.get(pk="IE"),
        **changes,
    }
    return EmployerFacts(**values)


def confirmed(user, email=""):
    return EmailAddress.objects.create(
        user=user, email=email or user.email, verified=True, primary=not email
    )


def verbs(employer):
    return list(employer.events.order_by("pk").values_list("verb", flat=True))


def test_who_makes_an_employer_owns_it():
    owner = make_user()
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    assert [(m.user, m.role) for m in employer.memberships.all()] == [(owner, MemberRole.OWNER)]
    assert (employer.slug, employer.time_zone) == ("harbour-telecom", "Europe/Dublin")
    assert (employer.verification, verbs(employer)) == ("", ["create"])


def test_a_chosen_time_zone_wins_over_the_capitals():
    employer = employers.create_employer(
        actor=make_user(), facts=facts(time_zone="Europe/Paris"), now=NOW
    )
    assert employer.time_zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("New", "new-employer"), ("Invitations", "invitations-employer"), ("株式会社", "employer")],
)
def test_slugs_are_no_words_of_our_routes(name, slug):
    assert employers.unique_slug(name) == slug


def test_two_employers_of_one_name_have_two_slugs():
    first, second = (
        employers.create_employer(actor=make_user(), facts=facts(), now=NOW) for _ in range(2)
    )
    assert second.slug.startswith(f"{first.slug}-")


def test_five_employers_a_day():
    owner = make_user()
    for number in range(5):
        employers.create_employer(actor=owner, facts=facts(name=f"Firm {number}"), now=NOW)
    with pytest.raises(throttling.TooMany):
        employers.create_employer(actor=owner, facts=facts(), now=NOW)
    assert Employer.objects.filter(memberships__user=owner).count() == 5


def test_the_same_facts_again_within_minutes_are_the_same_employer():
    owner = make_user()
    first = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)
    assert employers.create_employer(actor=owner, facts=facts(), now=soon) == first
    assert employers.create_employer(actor=owner, facts=facts(), now=later) != first
    assert employers.create_employer(actor=make_user(), facts=facts(), now=soon) != first


def test_a_confirmed_address_at_the_sites_domain_verifies():
    owner = make_user("ann@harbour.test")
    confirmed(owner)
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    assert (employer.verification, employer.verified_domain, employer.verified_at) == (
        VerificationKind.EMAIL,
        "harbour.test",
        NOW,
    )
    assert verbs(employer) == ["create", "verify"]


def test_an_address_that_is_not_confirmed_proves_nothing():
    owner = make_user("ann@harbour.test")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=False)
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    assert employer.verification == ""


def test_confirming_an_address_later_verifies_then():
    owner = make_user("ann@elsewhere.test")
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    confirmed(owner, "ann@harbour.test")
    assert employers.verify_by_email(user=owner, now=NOW) == [employer]
    assert employers.verify_by_email(user=owner, now=NOW) == []
    employer.refresh_from_db()
    assert employer.verified_domain == "harbour.test"


def test_the_proof_ends_when_the_site_moves_to_another_domain():
    owner = make_user("ann@harbour.test")
    confirmed(owner)
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    moved = facts(site="https://impostor.test/")
    employers.update_employer(employer=employer, actor=owner, facts=moved, version=1, now=NOW)
    employer.refresh_from_db()
    assert (employer.verification, employer.verified_at, employer.verified_domain) == ("", None, "")
    assert verbs(employer) == ["create", "verify", "update", "unverify"]


def test_a_higher_rung_is_left_alone():
    owner = make_user("ann@harbour.test")
    confirmed(owner)
    employer = make_employer(
        site="https://harbour.test", verification=VerificationKind.ADMIN, verified_domain=""
    )
    make_member(employer, owner)
    assert employers.verify_by_email(user=owner, now=NOW) == []
    employer.refresh_from_db()
    assert employer.verification == VerificationKind.ADMIN


def test_an_update_says_what_changed():
    owner = make_user()
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    later = NOW + timedelta(days=1)
    employers.update_employer(
        employer=employer, actor=owner, facts=facts(name="Harbour"), version=1, now=later
    )
    employer.refresh_from_db()
    assert (employer.name, employer.slug, employer.version) == ("Harbour", "harbour-telecom", 2)
    event = EmployerEvent.objects.get(verb="update")
    # The zone was the capital's and still is.
    assert (event.details, event.at) == ({"fields": ["name"]}, later)


def test_the_second_of_two_editors_overwrites_nothing():
    owner = make_user()
    employer = employers.create_employer(actor=owner, facts=facts(), now=NOW)
    employers.update_employer(
        employer=employer, actor=owner, facts=facts(name="First"), version=1, now=NOW
    )
    with pytest.raises(employers.EditConflict) as caught:
        employers.update_employer(
            employer=employer, actor=owner, facts=facts(name="Second"), version=1, now=NOW
        )
    assert caught.value.theirs.name == "First"
    employer.refresh_from_db()
    assert employer.name == "First"


def test_only_an_owner_changes_it():
    employer = make_employer()
    recruiter = make_member(employer, role=MemberRole.RECRUITER)
    with pytest.raises(employers.NotOwner):
        employers.update_employer(
            employer=employer, actor=recruiter, facts=facts(), version=1, now=NOW
        )
