"""Opaque public ids: what a URL shows instead of a row number."""

import secrets
from typing import Final

# Crockford's base 32 in lower case: no i, l, o, u, so an id can be read aloud and spells nothing.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 10


def new_public_id() -> str:
    """Ten random characters (50 bits) without a hyphen."""
    # 256 is a multiple of 32, so that each sign is as likely as the others.
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(LENGTH))
