"""Where a request comes from."""

import pytest
from django.test import RequestFactory

from cscareers.core.http import client_address


@pytest.mark.parametrize(
    ("proxies", "headers", "address"),
    [
        (0, {}, "192.0.2.1"),
        (0, {"x-forwarded-for": "203.0.113.9"}, "192.0.2.1"),
        (1, {"x-forwarded-for": "1.1.1.1, 203.0.113.9"}, "203.0.113.9"),
        # Somebody came past a proxy: there is no telling from where.
        (2, {"x-forwarded-for": "203.0.113.9"}, ""),
    ],
)
def test_an_address_is_believed_from_as_many_proxies_as_we_trust(
    settings, proxies, headers, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address
