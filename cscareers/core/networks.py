"""Telling senders apart without keeping where they sent from."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

_IPV4_BITS, _IPV6_BITS = 24, 48


def network_of(address: str) -> str:
    """The network that an IP address belongs to, as one provider hands it to a household or an
    office: /24 of IPv4, /48 of IPv6. Empty for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    bits = _IPV4_BITS if found.version == 4 else _IPV6_BITS
    return str(ip_network((found, bits), strict=False))


def sender_of_day(address: str, *, now: datetime) -> str:
    """The fingerprint of an address's network on the day of `now`: it may stand in a table, for the
    day in it keeps it from following anybody."""
    return fingerprint(f"{now:%Y-%m-%d}", network_of(address))


def fingerprint(scope: str, value: str) -> str:
    """A keyed hash of `value` that can be compared within `scope` only; 64 hexadecimal digits.

    Nobody without SECRET_KEY gets from it to the value, and the same sender looks different
    under another scope.
    """
    return salted_hmac(f"fingerprint:{scope}", value, algorithm="sha256").hexdigest()
