"""The page that credits the sources of the data."""

import pytest
from django.test import Client
from django.utils.html import escape

from cscareers.core.credits import sources


@pytest.mark.django_db
def test_every_source_is_credited_in_public(client: Client) -> None:
    answer = client.get("/about/data/")
    assert answer.status_code == 200
    page = answer.content.decode()
    for source in sources():
        for words in (source.credit, source.licence, f"{source.package} {source.version}"):
            assert escape(words) in page
    assert "This service uses the ESCO classification of the European Commission" in page
    assert page.count("<h1") == 1
