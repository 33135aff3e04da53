"""Employers in the browser's eyes: made, changed, and closed to everybody else."""

import re
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from profiles.enums import MemberRole
from profiles.models import Employer
from tests.browserless import told
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.places import reference_rows

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "Harbour Telecom",
    "site": "harbour.test",
    "sector": "telecommunications",
    "size": "50-249",
    "country": "IE",
    "time_zone": "",
    "description": "We answer.",
}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reference_rows()


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def logo(name="logo.png"):
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/png")


def post_new(client, **changes):
    return client.post(reverse("hire:new"), {"key": uuid.uuid4(), **ANSWERS, **changes})


def test_a_person_makes_an_employer(client, owner):
    response = post_new(client)
    employer = Employer.objects.get()
    assert response.headers["Location"] == f"/hire/{employer.slug}/team/"
    assert (employer.site, employer.time_zone) == ("https://harbour.test", "Europe/Dublin")
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_form_that_comes_twice_makes_one_employer(client, owner):
    page = client.get(reverse("hire:new")).content.decode()
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page).group(1)
    answers, pages = [], []
    for _ in range(2):
        answers.append(post_new(client, key=key, name="Fish & <b>Chips</b>").headers["Location"])
        pages.append(client.get(answers[-1]).content.decode())
    assert (answers[0], Employer.objects.count()) == (answers[1], 1)
    words = "Fish & <b>Chips</b> is ready. Invite your team or post a job."
    assert [told(page) for page in pages] == [[words], [words]]
    assert [page.count("<b>Chips") for page in pages] == [0, 0]


def test_the_key_of_somebody_elses_form_makes_nothing(client, owner):
    key = uuid.uuid4()
    post_new(client, key=key)
    client.force_login(make_user("eve@example.test"))
    assert post_new(client, key=key).status_code == 404
    assert Employer.objects.count() == 1


def test_errors_stand_at_the_field_and_what_was_typed_stays(client, owner):
    page = post_new(client, site="not a site", country="", name="Kept name").content.decode()
    assert "Kept name" in page
    assert page.count("Enter an address like example.com.") == 2
    assert "Choose an answer for “Country”" in page
    assert "<title>Error: " in page
    assert Employer.objects.count() == 0


def test_too_many_employers_are_refused_with_429(client, owner):
    for number in range(5):
        post_new(client, name=f"Employer {number}")
    response = post_new(client, name="Kept name")
    assert (response.status_code, int(response.headers["Retry-After"]) > 0) == (429, True)
    assert b"Kept name" in response.content


def test_a_logo_is_written_anew_and_served(client, owner):
    post_new(client, logo=logo())
    employer = Employer.objects.get()
    client.logout()
    response = client.get(employer.logo_url)
    served = b"".join(response.streaming_content)
    with Image.open(BytesIO(served)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (40, 20))
    assert {
        name: response.headers[name]
        for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")
    } == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }


def test_a_logo_that_is_no_picture_is_refused(client, owner):
    page = post_new(client, logo=SimpleUploadedFile("logo.png", b"<svg/>")).content.decode()
    assert "We can’t read this file" in page
    assert Employer.objects.count() == 0


@pytest.mark.parametrize("name", ["nothing.webp", "..%2Fsecret_key", "%2Fetc%2Fpasswd", "a%00b"])
def test_other_files_are_not_there(client, name):
    assert client.get(f"/logos/{name}").status_code == 404


def settings_form(employer, **changes):
    return {**ANSWERS, "time_zone": "UTC", "version": employer.version, **changes}


def test_an_owner_changes_the_employer(client, owner):
    employer = make_employer()
    make_member(employer, owner)
    url = reverse("hire:settings", kwargs={"employer": employer.slug})
    assert client.get(url).status_code == 200
    response = client.post(url, settings_form(employer, name="New name", logo=logo()))
    assert response.headers["Location"] == url
    employer.refresh_from_db()
    assert (employer.name, employer.version, bool(employer.logo)) == ("New name", 2, True)
    client.post(url, settings_form(employer, remove_logo="on"))
    employer.refresh_from_db()
    assert not employer.logo


def test_the_second_of_two_editors_sees_where_they_differ(client, owner):
    employer = make_employer("Theirs", country_id="IE")
    make_member(employer, owner)
    url = reverse("hire:settings", kwargs={"employer": employer.slug})
    Employer.objects.filter(pk=employer.pk).update(version=5)
    response = client.post(url, settings_form(employer, name="Mine"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "<td>Theirs</td><td>Mine</td>" in page
    assert 'name="version" value="5"' in page
    employer.refresh_from_db()
    assert employer.name == "Theirs"
    assert client.post(url, settings_form(employer, name="Mine", version=5)).status_code == 302


def test_an_owner_switches_the_match_off_and_on(client, owner):
    employer = make_employer()
    make_member(employer, owner)
    url = reverse("hire:settings", kwargs={"employer": employer.slug})
    found = []
    for version, sent in enumerate(({}, {"orders_by_match": "on"}), 1):
        client.post(url, settings_form(employer, version=version, **sent))
        employer.refresh_from_db()
        found.append(employer.orders_by_match)
    assert found == [False, True]
    conflict = client.post(url, settings_form(employer, version=1)).content.decode()
    assert "<td>Yes</td><td>No</td>" in conflict


def test_a_recruiter_has_no_settings(client, owner):
    employer = make_employer()
    make_member(employer, owner, MemberRole.RECRUITER)
    url = reverse("hire:settings", kwargs={"employer": employer.slug})
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_home_lists_what_one_works_for(client, owner):
    assert b"Add your employer" in client.get(reverse("hire:home")).content
    make_member(make_employer("Mine"), owner)
    make_employer("Foreign")
    page = client.get(reverse("hire:home")).content.decode()
    assert ("Mine" in page, "Foreign" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_same_number_of_times(client, owner, rows, django_assert_num_queries):
    for _ in range(rows):
        make_member(make_employer(), owner)
    with django_assert_num_queries(3):
        client.get(reverse("hire:home"))
