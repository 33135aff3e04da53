"""Which address stands for which site."""

import pytest

from cscareers.core.domains import host_of, proven_domain, registrable


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("jobs.eu.example.com", "example.com"),
        ("example.co.uk", "example.co.uk"),
        ("www.example.co.uk", "example.co.uk"),
        ("co.uk", ""),
        ("shop.myshopify.com", "shop.myshopify.com"),
        ("myshopify.com", ""),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("a..b", ""),
        ("", ""),
    ],
)
def test_the_registrable_part_of_a_host(host, domain):
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("site", "email", "domain"),
    [
        ("https://www.acme.com/jobs", "ann@acme.com", "acme.com"),
        ("https://careers.acme.com", "ann@mail.acme.com", "acme.com"),
        ("https://ACME.com", "Ann@Acme.COM", "acme.com"),
        ("https://bücher.example", "ann@xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://acme.co.uk", "ann@other.co.uk", ""),
        ("https://gmail.com", "ann@gmail.com", ""),
        ("https://acme.github.io", "ann@other.github.io", ""),
        ("https://acme.com", "ann@acme.com.evil.test", ""),
        ("https://acme.com@evil.test/", "ann@acme.com", ""),
        ("", "ann@acme.com", ""),
    ],
)
def test_an_address_proves_a_site_of_its_own_domain_only(site, email, domain):
    assert proven_domain(site=site, email=email) == domain


def test_a_host_that_is_no_name_is_empty():
    assert host_of("https://" + "a" * 70 + ".com") == ""
