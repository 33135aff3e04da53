"""The language that a text is written in, by its small words. Pure.

Small words make up a third of any text and differ from language to language; they are counted in
its first part. A text with few of them, or as many of two languages, has no language here.
"""

import re
from collections import Counter
from itertools import islice
from typing import Final

from postings.content import UNKNOWN_LANGUAGE

_READ: Final = 6_000
_MOST_WORDS: Final = 600
_LEAST_HITS: Final = 3
_LEAST_SHARE: Final = 0.08
_MARGIN: Final = 1.25
_WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL_WORDS: Final = {
    "en": (
        "the of and to in a is that for with as on are you we our your be will or this have from at"
        " by an who what all not can us their they it about has other which more they"
    ),
    "de": (
        "der die das und in zu den mit von für ist im dem des ein eine einen einer eines einem auf"
        " wir sie du dich dein deine deinen ihr ihre uns unser unsere als auch sich nicht werden"
        " oder bei aus sowie über zum zur haben bist sind bei an nach wie durch mehr"
    ),
    "fr": (
        "le la les de des du et en un une pour dans est sont vous nous votre vos notre nos avec sur"
        " au aux par que qui ou ce cette ces se sa son ses plus être avez à dont ainsi leur leurs"
    ),
    "es": (
        "el la los las de del y en un una para con es son que por se su sus al como más tu tus te"
        " nuestro nuestra nuestros o lo si ser muy esta este donde quienes nos también desde"
    ),
    "pt": (
        "o a os as de do da dos das e em no na nos nas um uma para com é são que por se seu sua"
        " seus ao à como mais você nosso nossa ou não ser muito esta este também pela pelo"
    ),
    "it": (
        "il lo la i gli le di del della dei delle dello degli e in un una per con è sono che da dal"
        " dalla al alla ai si suo sua come più tu nostro nostra o non essere anche nel nella ci"
        " questo questa sei tuo tua"
    ),
    "nl": (
        "de het een en van in is op te voor met zijn je jij jou jouw wij ons onze bij aan dat die"
        " als of om door naar ook niet hebt heeft hebben worden wordt er uit tot ben bent onder"
        " over maar u uw"
    ),
    "sv": (
        "och att det i en ett är som på av för med den till du vi har om kan vår vårt våra din ditt"
        " dina oss dig eller inte från hos samt ska vara så även de där när efter vid dem sig också"
        " mycket arbete bli"
    ),
    "da": (
        "og at det i en et er som på af for med den til du vi har om kan vores din dit dine os dig"
        " eller ikke fra hos samt skal være så også de hvor når efter ved dem sig meget blive"
        " bliver jeres vil både"
    ),
    "no": (
        "og å det i en et er som på av for med den til du vi har om kan vår vårt våre din ditt dine"
        " oss deg eller ikke fra hos samt skal være så også de hvor når etter ved dem seg mye bli"
        " blir noen"
    ),
    "fi": (
        "ja on ei että se sekä tai ovat kanssa joka jotka myös sinulla sinun olet meillä meidän"
        " sinä me olemme hän voit kun niin mutta työ työtä ole oman osaat"
    ),
    "pl": (
        "i w z na do nie się jest to że dla od po oraz lub przez jak ze za o a co być twoje twój"
        " nasz nasze naszych naszej masz są jako przy pracy które który pod"
    ),
}  # fmt: skip
_LANGUAGES: Final = {
    word: tuple(code for code, words in _SMALL_WORDS.items() if word in words.split())
    for words in _SMALL_WORDS.values()
    for word in words.split()
}


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that `text` is written in, or `UNKNOWN_LANGUAGE`."""
    found = islice(_WORD.finditer(text[:_READ].lower()), _MOST_WORDS)
    words = [one.group() for one in found]
    counted: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for code in _LANGUAGES.get(word, ()):
            counted[code] += times
    (first, hits), (_, others) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    enough = hits >= max(_LEAST_HITS, _LEAST_SHARE * len(words))
    return first if enough and hits >= _MARGIN * others else UNKNOWN_LANGUAGE
