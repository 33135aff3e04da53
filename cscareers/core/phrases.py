"""First letters of phrases that stand alone here and within a line there. Pure."""


def capital(text: str) -> str:
    """`text` as it begins a line."""
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """`text` as it stands within a line; codes such as B2 stay."""
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
