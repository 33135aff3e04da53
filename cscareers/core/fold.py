"""Text brought to one form, so that what people type meets what is stored."""

import re
import unicodedata

# Letters that Unicode does not decompose, as they are typed without their keyboard.
_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ə": "a",
        # Apostrophes join ("Hawai'i" is hawaii); other punctuation parts words.
        "'": "",
        "’": "",
        "‘": "",
        "ʻ": "",
        "ʼ": "",
        "`": "",
    }
)
_GAPS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, words parted by one space."""
    # Compatibility forms come apart first ("™" is TM), so that their letters are lowered too.
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _GAPS.sub(" ", bare).strip()
