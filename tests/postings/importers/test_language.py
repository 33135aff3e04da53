"""The language of a text: by its small words, or unknown."""

import pytest

from postings.content import UNKNOWN_LANGUAGE
from postings.importers.language import language_of
from postings.importers.schema_org import PostingDraft, read_posting

TEXTS = {
    "en": "You answer our customers by phone and chat, and you lead a team of five.",
    "de": "Sie beantworten die Fragen unserer Kunden am Telefon und leiten ein Team mit fünf"
    " Leuten.",
    "fr": "Vous répondez aux questions de nos clients par téléphone et vous dirigez une équipe.",
    "es": "Atiendes a nuestros clientes por teléfono y chat, y diriges un equipo de cinco"
    " personas en la oficina.",
    "pt": "Você atende os nossos clientes por telefone e lidera uma equipe com cinco pessoas no"
    " escritório.",
    "it": "Rispondi alle domande dei nostri clienti al telefono e guidi una squadra di cinque"
    " persone nella sede.",
    "nl": "Je beantwoordt de vragen van onze klanten aan de telefoon en je geeft leiding aan een"
    " team.",
    "sv": "Du svarar på frågor från våra kunder per telefon och leder ett team som består av fem.",
    "da": "Du svarer på spørgsmål fra vores kunder og bliver leder af et team i Aarhus.",
    "no": "Du svarer på spørsmål fra våre kunder og blir leder av et team som hjelper oss etter"
    " åpningstid.",
    "fi": "Vastaat asiakkaiden kysymyksiin ja johdat tiimiä, joka on osa meidän työtä.",
    "pl": "Odpowiadasz na pytania naszych klientów przez telefon i kierujesz zespołem w biurze.",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_sentence_shows_its_language(code: str) -> None:
    assert language_of(TEXTS[code]) == code
    assert language_of(TEXTS[code].upper()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Customer Service Manager",
        "12 345 678",
        "お客様のご質問にお答えします",
        "the and of we und der die mit",
    ],
)
def test_little_text_foreign_script_and_two_languages_show_none(text: str) -> None:
    assert language_of(text) == UNKNOWN_LANGUAGE


@pytest.mark.parametrize(
    ("stated", "text", "kept"),
    [
        ("sv", TEXTS["en"], "en"),
        ("sv", "", "sv"),
        (None, TEXTS["de"], "de"),
        (None, "", UNKNOWN_LANGUAGE),
        ("?", "", UNKNOWN_LANGUAGE),
    ],
)
def test_what_is_seen_wins_over_what_is_stated(stated: str | None, text: str, kept: str) -> None:
    document = {"@type": "JobPosting", "title": "Agent", "description": text, "inLanguage": stated}
    read = read_posting(document)
    assert isinstance(read, PostingDraft)
    assert read.content.text_language == kept
