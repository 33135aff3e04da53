"""What each risk rule looks for: facts and parameters in, what was found out. Pure.

A signal returns the words that a moderator reads as the reason; nothing found is no hit. Limits
and lists of words are parameters that come from the rule's row, so that they change without code.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cscareers.core.domains import domain_of, is_free_mail
from postings.risk import terms
from postings.risk.facts import Facts
from postings.wording.asks import contact_hints, payment_hints
from postings.wording.hints import WordingCode
from postings.wording.titles import title_hints

MOST_WORDS: Final = 3
"""So many pieces of evidence are shown of one rule."""
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence, and how strong it is: from 0 to 1 of the rule's weight."""

    words: tuple[str, ...]
    strength: float = 1.0


Signal = Callable[[Facts, Params], Found | None]


def _hit(*words: str) -> Found | None:
    shown = tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]
    return Found(shown) if shown else None


def new_employer(facts: Facts, params: Params) -> Found | None:
    """Here for a few days, and nothing of it was public before."""
    days = facts.employer_days
    if days is None or days > params["days"] or facts.employer_jobs:
        return None
    return _hit(f"here for {days} {'day' if days == 1 else 'days'}, no public job before")


def unverified(facts: Facts, params: Params) -> Found | None:
    """Nobody has proven to belong to the employer's domain."""
    return _hit("no verified domain") if facts.employer_verified is False else None


def silent_employer(facts: Facts, params: Params) -> Found | None:
    """The employer says next to nothing of itself."""
    text = facts.employer_text
    if text is None or len(text.strip()) >= params["characters"]:
        return None
    return _hit("no word about the employer" if not text.strip() else f"only “{text.strip()}”")


def no_logo(facts: Facts, params: Params) -> Found | None:
    """The employer shows no logo."""
    return _hit("no logo") if facts.employer_logo is False else None


def free_mail(facts: Facts, params: Params) -> Found | None:
    """People apply to, or were written to by, an address that anybody can have."""
    mails = (("apply at", facts.apply_email), ("submitted by", facts.author_email))
    return _hit(*(f"{how} {domain_of(mail)}" for how, mail in mails if mail and is_free_mail(mail)))


def apply_elsewhere(facts: Facts, params: Params) -> Found | None:
    """People apply at a domain that is not the employer's."""
    own, apply = facts.employer_domain, facts.apply_domain
    if not apply or apply == own or apply in params["hosts"]:
        return None
    return _hit(f"{apply}, not {own}" if own else f"{apply}, and the employer names no site")


def look_alike_domain(facts: Facts, params: Params) -> Found | None:
    """The address resembles the employer's domain, or another employer's proven one."""
    apply = facts.apply_domain
    if not apply:
        return None
    known = [domain for domain in (facts.employer_domain, *facts.other_domains) if domain]
    if apply in known:
        return None
    alike = (d for d in known if terms.resembles(apply, d, least=params["least"]))
    return _hit(*(f"{apply} resembles {domain}" for domain in alike))


def payment_words(facts: Facts, params: Params) -> Found | None:
    """The applicant is to pay, to buy or to pass money on."""
    return _hit(*(hint.words for text in facts.texts for hint in payment_hints(text)))


def bank_or_identity(facts: Facts, params: Params) -> Found | None:
    """Bank data or papers are asked for in the ad."""
    return _contact(facts, {WordingCode.BANK_DATA, WordingCode.ID_DATA})


def private_contact(facts: Facts, params: Params) -> Found | None:
    """People are led to a private chat, a private mailbox or the phone alone."""
    return _contact(facts, {WordingCode.CHAT, WordingCode.FREE_MAIL, WordingCode.PHONE_ONLY})


def _contact(facts: Facts, codes: set[WordingCode]) -> Found | None:
    hints = (hint for text in facts.texts for hint in contact_hints(text) if hint.code in codes)
    return _hit(*(hint.words for hint in hints))


_LINK: Final = re.compile(r"\bhttps?://[^\s<>)\]]{1,80}|\bwww\.[^\s<>)\]]{1,80}", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE: Final = re.compile(r"(?<![\w.])\+?\(?\d[\d ().-]{7,16}\d(?!\w)")


def address_in_text(facts: Facts, params: Params) -> Found | None:
    """The text itself holds addresses or numbers, past the place that is meant for them."""
    texts = [text.text for text in facts.texts if text.field != "apply_url"]
    kinds = {"link": _LINK, "mail": _MAIL, "phone": _PHONE}
    wanted = (kinds[name] for name in params["kinds"])
    return _hit(*(found[0] for rx in wanted for text in texts for found in rx.finditer(text)))


def near_duplicate(facts: Facts, params: Params) -> Found | None:
    """Another posting says nearly the same."""
    twins = [t for t in facts.twins if params["own"] or not t.same_employer]
    return _hit(*(f"“{twin.title}” of {twin.employer}" for twin in twins))


def pay_unusual(facts: Facts, params: Params) -> Found | None:
    """Pay far outside what is usual for the level; below it only where that was measured."""
    pay, usual = facts.pay, facts.usual_pay
    if pay is None or usual is None or usual.months > params["months"]:
        return None
    basis = f"usual {usual.low:,}–{usual.high:,} {usual.currency} ({usual.source})"
    if pay.low > usual.high * params["above"]:
        return _hit(f"{pay.words}: far above the {basis}")
    here = not pay.countries or pay.countries == {usual.country}
    if here and pay.high < usual.low * params["below"]:
        return _hit(f"{pay.words}: far below the {basis}")
    return None


def reported(facts: Facts, params: Params) -> Found | None:
    """Readers reported the posting, and nobody has decided yet; or they reported fraud of another
    one of the employer, which may be closed by now and written anew."""
    words = []
    if facts.reports >= params["reports"]:
        fraud = f", {facts.fraud_reports} of fraud" if facts.fraud_reports else ""
        words.append(f"{_reports(facts.reports, 'open ')}{fraud}")
    if facts.fraud_elsewhere:
        words.append(f"{_reports(facts.fraud_elsewhere)} of fraud about other jobs here")
    if not words:
        return None
    number = facts.fraud_reports + facts.fraud_elsewhere
    return Found(tuple(words), min(1.0, (1 + number) / (1 + params["full_at"])))


def _reports(number: int, kind: str = "") -> str:
    return f"{number} {kind}{'report' if number == 1 else 'reports'}"


def phrases(facts: Facts, params: Params) -> Found | None:
    """One of the row's phrases stands in the text, as whole words."""
    text = terms.flat(f"{facts.title}\n{facts.body}")
    return _hit(*(phrase for phrase in params["phrases"] if f" {phrase} " in text))


def short_text(facts: Facts, params: Params) -> Found | None:
    """Too few words to tell what the job is."""
    number = len(facts.body.split())
    return _hit(f"{number} words") if number < params["words"] else None


_SHOUTS: Final = {
    WordingCode.TITLE_CAPITALS, WordingCode.TITLE_EXCLAMATION, WordingCode.TITLE_EMOJI,
    WordingCode.TITLE_URGENCY, WordingCode.TITLE_PAY,
}  # fmt: skip


def loud_title(facts: Facts, params: Params) -> Found | None:
    """Capitals, exclamation marks, pictures, pay or hurry in the title."""
    titles = (text for text in facts.texts if text.field == "title")
    hints = (hint for text in titles for hint in title_hints(text) if hint.code in _SHOUTS)
    return _hit(*(hint.words for hint in hints))


def learned_words(facts: Facts, params: Params) -> Found | None:
    """Words that stand in frauds more often than in real ads; stronger the more there are.

    `terms` gives each its natural log of the odds; `full_at` is the sum that counts in full.
    """
    weights: Mapping[str, float] = params["terms"]
    there = terms.terms_of(f"{facts.title}\n{facts.body}")
    found = sorted((term for term in there if term in weights), key=lambda t: (-weights[t], t))
    total = sum(weights[term] for term in found)
    if total < params["from"]:
        return None
    return Found(tuple(found[:MOST_WORDS]), min(1.0, total / params["full_at"]))


SIGNALS: Final[Mapping[str, Signal]] = {
    "reports-open": reported,
    "payment-words": payment_words,
    "bank-or-identity": bank_or_identity,
    "private-contact": private_contact,
    "look-alike-domain": look_alike_domain,
    "apply-elsewhere": apply_elsewhere,
    "free-mail": free_mail,
    "near-duplicate": near_duplicate,
    "pay-unusual": pay_unusual,
    "new-employer": new_employer,
    "unverified-employer": unverified,
    "silent-employer": silent_employer,
    "no-logo": no_logo,
    "promises": phrases,
    "hurry": phrases,
    "no-experience": phrases,
    "work-at-home": phrases,
    "money-fast": phrases,
    "address-in-text": address_in_text,
    "loud-title": loud_title,
    "short-text": short_text,
    "learned-words": learned_words,
}
"""By the code of the rule's row; several rows share a function, with limits of their own."""
