"""What a posting asks of people that no honest employer asks: money, a private chat, bank data.

Each rule is read sentence by sentence, because who pays whom, and "never", stand in one sentence.
A request for a payment is a wall, so its patterns name the applicant or a fee of hiring; what
customers pay, what the employer pays, and warnings against fraud are no requests. Every pattern
looks at a bounded number of words, so the time grows with the text only.
"""

import re
from collections.abc import Iterator
from typing import Final

from cscareers.core.domains import is_free_mail
from postings.wording.hints import Hint, Text, WordingCode, hint_at

_GAP: Final = r"[\s*_]{1,4}"
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=[^\s.!?])[^.!?\n]*)*")


def _rx(template: str) -> re.Pattern[str]:
    """A pattern from words: a blank is any gap, `<n>` is up to n words of any kind. Sets in
    brackets stay as they are."""

    def written(found: re.Match[str]) -> str:
        if found[1]:
            return rf"{_GAP}(?:[^\s.!?*_]{{1,30}}{_GAP}){{0,{found[1]}}}"
        return found[0] if found[0].startswith("[") else _GAP

    return re.compile(re.sub(r" ?<(\d+)> ?|\[[^\]]+\]| ", written, template), re.IGNORECASE)


# ---- payments ----

_AMOUNT: Final = (
    r"(?:[$€£₹]\s?\d[\d,.]{0,12}|\d[\d,.]{0,12}[ ]?(?:usd|eur|gbp|inr|rs|dollars|euros|pounds|"
    r"rupees))"
)
_PURPOSE: Final = (
    r"(?:training|registration|enrol?lment|onboarding|background[ -]check|background|screening|"
    r"visa|joining|sign[ -]?up|activation|starter[ -]kit|starter|uniform|id[ -]card|recruitment|"
    r"interview|placement|processing|application|admin|administrative|administration|equipment|"
    r"laptop|work[ -]from[ -]home|commitment)"
)
_FEE: Final = (
    rf"(?:{_PURPOSE}(?: [a-z]{{1,12}})? (?:fees?|deposits?|charges?|payment|costs?)"
    r"|(?:refundable|security|caution) deposit"
    r"|(?:non-?refundable|up-?front)(?: [a-z]{1,12})? (?:fees?|deposits?|charges?|payment))"
)
_YOU: Final = (
    r"(?:you|candidates?|applicants?|new (?:hires?|starters|joiners|employees)|joiners|trainees)"
)
_PAY: Final = r"(?:pay|send|transfer|wire|deposit|remit)"
_MUST: Final = (
    r"(?:must|need to|needs to|have to|has to|required to|asked to|expected to|should|"
    r"please|kindly|simply)"
)
_FOR: Final = rf"{_AMOUNT} <4>(?:to (?:start|begin|register|join|enrol?l)|for <3>{_PURPOSE})"
_PAYMENTS: Final = tuple(
    _rx(template)
    for template in (
        rf"\b{_YOU} <6>(?:{_PAY}|cover) <5>{_FEE}\b",
        rf"\b(?:{_YOU}|{_MUST}) <4>{_PAY} <3>{_FOR}\b",
        rf"\b{_MUST} (?:first )?{_PAY} <5>(?:{_FEE}|fees?)\b",
        rf"(?:(?<=^)|(?<=[\n,;:]\s)|(?<=then\s)|(?<=and\s))(?:please |just |first )?"
        rf"(?:pay|send|wire) <4>{_FEE}\b",
        rf"\b{_FEE}[\s:(=*–-]{{0,4}}(?:(?:of|is|will be) )?{_AMOUNT}",
        rf"{_AMOUNT} (?:<1>)?{_FEE}\b",
        rf"\b{_FEE} (?:is|are|must be|will be|to be) (?:<2>)?(?:required|payable|due|mandatory|"
        r"paid|charged|refunded|refundable|deducted)\b",
        rf"\b{_YOU} <3>(?:charged|billed) <3>(?:fees?|deposits?)\b",
        r"\b(?:buy|purchase|order|pay for|invest in) (?:your|a|the|an|our)(?: own)? (?:<1>)?"
        r"(?:starter|training|sales|welcome|business|demo|enrol?lment|work) (?:<1>)?"
        r"(?:kits?|packs?|packages?|materials?)\b",
        r"\b(?:buy|purchase|send|scratch|pay <3>(?:with|in|by|using)) <4>"
        r"(?:gift[ -]?cards?|itunes cards?|steam cards?|google play cards?)\b",
        r"\b(?:send|transfer|wire|forward|remit) <3>(?:money|funds|payments?|cash|bitcoins?|btc|"
        r"crypto|cryptocurrency|usdt) <3>(?:to (?:us|me)|(?:via|through|using|by|in|with) (?:<1>)?"
        r"(?:western union|money[ -]?gram|cash[ -]?app|zelle|venmo|paypal|bitcoins?|crypto|your))"
        r"\b",
    )
)
_LENDINGS: Final = tuple(
    _rx(template)
    for template in (
        r"\b(?:receive|accept|process|collect) <3>(?:payments?|funds|money|transfers) from <3>"
        r"(?:clients?|customers?|buyers?) <4>your <2>accounts?\b",
        r"\b(?:send|provide|share|give|submit|enter|tell|confirm|need|require|want|have) <4>your "
        r"(?:<1>)?(?:online banking|bank(?:ing)?(?: account)?) (?:<2>)?"
        r"(?:log-?ins?|usernames?|passwords?|credentials|pins?)\b",
    )
)
"""Requests that name customers, or bank access: who else is named beside them is no excuse."""
_MONEY_WORDS: Final = re.compile(
    r"\bpay\b|fees?\b|deposit|charge|payment|cost|\bkits?\b|packs?\b|packages?\b|materials?\b|"
    r"\bcards?\b|money|funds|cash|bitcoin|btc|crypto|usdt|transfer|log-?in|username|password|"
    r"credential|\bpins?\b",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:customers?|clients?|guests?|members?|patients?|residents?|students?|tenants?|"
    r"policy[ -]?holders?|callers?|users?|shoppers?|vendors?|suppliers?|tax[ -]?payers?|merchants?|"
    r"buyers?|sellers?|donors?|passengers?|travell?ers?|cardholders?|contractors?|"
    r"accounts? (?:payable|holders?)|landlords?|owners?)\b",
    re.IGNORECASE,
)
_DUTY: Final = re.compile(
    r"\b(?:process(?:es|ing)?|collect(?:s|ing)?|handl(?:e|es|ing)|explain(?:s|ing)?|manag\w{1,3}|"
    r"review(?:s|ing)?|calculat\w{1,3}|invoic\w{1,3}|record(?:s|ing)?|reconcil\w{1,3}|issu\w{1,3}|"
    r"negotiat\w{1,3}|approv\w{1,3}|monitor(?:s|ing)?|assess(?:es|ing)?|verif\w{1,4})\b",
    re.IGNORECASE,
)
_WE_PAY: Final = re.compile(
    r"\b(?:we|us|company|employer|city|agency|firm|our)\b[^.!?\n]{0,30}?\b(?:pay|pays|paid|cover|"
    r"covers|covered|reimburses?d?|provides?|funds?|sponsors?|offers?|gives?)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:never|not|no|without|nor|neither|zero|nobody|nothing|cannot|waived?|"
    r"(?:do|does|did|wo|ca|is|are|should|would|must|need)n['’]?t)\b"
    r"(?!\s(?:experience|degree|qualifications?|skills?|problem|only|longer|later|matter|prior|"
    r"previous|cv|resume|interview|refund\w*|a scam))",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"[^.!?\n]{0,40}?\b(?:not (?:required|needed|charged|asked)|free|waived|on us|reimburs\w{1,6}|"
    r"by (?:us|the (?:company|employer|city|agency))|"
    r"at our (?:cost|expense))\b",
    re.IGNORECASE,
)
_WARNING: Final = re.compile(
    r"\b(?:beware|(?<!not a )(?<!no )scam(?:s|mers?)?|fraud(?:ulent|sters?)?|phishing|"
    r"impersonat\w{1,6}|if (?:you|anyone|someone|somebody)\b[^.!?\n]{0,40}?\bask\w{0,3}|"
    r"anyone (?:who )?ask\w{0,3}|report (?:any|it|such))\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:\n]|,\s(?:but|and|then|however|so)\s|\s(?:but|then)\s")
_BEFORE: Final = 70
_NEAR: Final = 40
_NEAR_AFTER: Final = 20

# ---- chats, mail, phone ----

_NUMBER: Final = r"\+?\(?\d[\d ().-]{6,16}\d"
_APP: Final = (
    r"(?:whats[ -]?app|telegram|viber|we[ -]?chat|signal|yahoo messenger|google hangouts?|hangouts)"
)
_ON_APP: Final = rf"(?:on|via|over|through|by|using|to|with) (?:our |my |the )?{_APP}\b"
_LINK: Final = re.compile(
    r"\b(?:wa\.me|(?:api|chat)\.whatsapp\.com|t\.me|telegram\.me|signal\.me|signal\.group|viber\.me|"
    r"m\.me)/[\w+%?=&./@-]{1,80}",
    re.IGNORECASE,
)
_CHATS: Final = (
    _rx(
        r"\b(?:contact|message|text|write|reach|add|ping|dm|call|chat with|talk to) (?:to )?"
        r"(?:out )?(?:us|me|him|her|our <1>(?:hr|recruiters?|manager|team|agent)|hr|"
        rf"the (?:recruiter|hiring manager|manager|hr)|mr|mrs|ms) <5>{_ON_APP}"
    ),
    _rx(
        rf"\b(?:apply|cv|r[ée]sum[ée]|applications?|interviews?|interviewed) <5>(?:{_ON_APP})",
    ),
    _rx(rf"\b{_APP}\b[\s:(]{{0,3}}(?:(?:at|on|number|no)[\s:.]{{1,3}})?(?:{_NUMBER}|@\w{{4,32}})"),
)
_PHONES: Final = (
    _rx(
        r"\b(?:apply|applications?|interview|interested|cv|r[ée]sum[ée]) <8>"
        rf"(?:call|text|sms|ring|phone|dial) <5>{_NUMBER}"
    ),
    _rx(
        rf"\b(?:call|text|sms|ring|phone|dial) <5>{_NUMBER} <2>to (?:apply|schedule|arrange|book|"
        r"set up|request)\b"
    ),
    _rx(
        r"\bappl(?:y|ications?) (?:only )?(?:by|via|over) (?:the )?(?:phone|telephone|text|sms|"
        r"calling|texting)\b"
    ),
)

# ---- bank and identity ----

_HAND_OVER: Final = (
    r"(?:send|provide|share|give|submit|enter|e-?mail|tell|upload|attach|include|fill in)"
)
_BANK: Final = (
    _rx(
        rf"\b{_HAND_OVER} <4>your <2>(?:bank (?:account|card|details|information|statement)s?|"
        r"banking (?:details|information)|account number|routing number|sort code|iban|"
        r"(?:credit|debit) card|card number|cvv)\b"
    ),
)
_IDENTITY: Final = (
    _rx(
        rf"\b{_HAND_OVER} <4>(?:cop(?:y|ies)|photos?|pictures?|scans?|images?|selfie)"
        r" <4>(?:passport|id(?:entity)?(?: card)?|driver['’]?s? licen[cs]e|driving licen[cs]e|"
        r"social security card|national id|aadhaar|pan card)\b"
    ),
    _rx(
        rf"\b{_HAND_OVER} <4>your <2>(?:social security number|ssn|national insurance number|"
        r"passport number|aadhaar|pan (?:card )?number|tax file number)\b"
    ),
)

_SAY: Final = {
    WordingCode.PAYMENT: "Take it out: nobody pays, or hands over an account, to get a job here.",
    WordingCode.CHAT: "Let people apply at an address of your own. A private chat is where fraud"
    " happens, so people distrust it.",
    WordingCode.FREE_MAIL: "Write an address at your own domain. Anybody can have this one, so"
    " people can’t tell that it is you.",
    WordingCode.PHONE_ONLY: "Let people apply in writing too: not everybody can phone.",
    WordingCode.BANK_DATA: "Take this out. Ask for bank details after the contract is signed, never"
    " in a job ad.",
    WordingCode.ID_DATA: "Take this out. Ask for papers after an offer, never in a job ad.",
}


def payment_hints(text: Text) -> Iterator[Hint]:
    """Requests that the applicant pays, buys, forwards money or hands over bank access."""
    if _MONEY_WORDS.search(text.text):
        for start, sentence in _sentences(text.text):
            if (span := _payment(sentence)) is not None:
                yield _hint(text, start, span, WordingCode.PAYMENT)


def contact_hints(text: Text) -> Iterator[Hint]:
    """Chats, private mail, phone alone; bank and identity data asked for in the ad."""
    for link in _LINK.finditer(text.text):
        yield _hint(text, 0, link.span(), WordingCode.CHAT)
    for start, end in _mail_spans(text.text):
        if is_free_mail(text.text[start:end]):
            yield _hint(text, 0, (start, end), WordingCode.FREE_MAIL)
    asks = [ask for ask in _ASKS if ask[1].search(text.text)]
    for start, sentence in _sentences(text.text) if asks else ():
        for code, sign, patterns in asks:
            if sign.search(sentence) and (span := _ask(sentence, patterns)) is not None:
                yield _hint(text, start, span, code)


def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ASKS: Final = (
    (WordingCode.CHAT, _sign(r"whats|telegram|viber|chat|signal|messenger|hangout"), _CHATS),
    (WordingCode.PHONE_ONLY, _sign(r"appl|\d[\d ().-]{6}"), _PHONES),
    (WordingCode.BANK_DATA, _sign(r"bank|number|\bcode|iban|card|cvv"), _BANK),
    (WordingCode.ID_DATA, _sign(r"passport|licen|number|\bssn|\bid|card|aadhaar"), _IDENTITY),
)
"""Code, what a sentence about it can't do without, and its patterns."""


def _hint(text: Text, offset: int, span: tuple[int, int], code: WordingCode) -> Hint:
    return hint_at(text, offset + span[0], offset + span[1], code, _SAY[code])


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its place; a dot inside a word, an address or an amount ends none."""
    return ((found.start(), found[0]) for found in _SENTENCE.finditer(text))


def _payment(sentence: str) -> tuple[int, int] | None:
    """Where a sentence first asks for a payment."""
    if not _MONEY_WORDS.search(sentence) or _WARNING.search(sentence):
        return None
    for pattern in (*_LENDINGS, *_PAYMENTS):
        for found in pattern.finditer(sentence):
            if _denied(sentence, *found.span()):
                continue
            if pattern in _LENDINGS or not _of_others(sentence, *found.span()):
                return found.span()
    return None


def _of_others(sentence: str, first: int, last: int) -> bool:
    """True when the employer pays, or customers do, or a fee is what the work is about."""
    near = max(0, first - _NEAR)
    return bool(
        _WE_PAY.search(sentence, near, last)
        or _OTHERS.search(sentence, near, last + _NEAR_AFTER)
        or _DUTY.search(sentence, near, last)
    )


def _ask(sentence: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[int, int] | None:
    """Where a sentence first means one of `patterns`."""
    for pattern in patterns:
        for found in pattern.finditer(sentence):
            if _WARNING.search(sentence):
                return None
            if not _denied(sentence, *found.span()):
                return found.span()
    return None


def _denied(sentence: str, first: int, last: int) -> bool:
    """True when the clause says that this is not so: "we never ask for a fee"."""
    begin = max(0, first - _BEFORE)
    for clause in _CLAUSE.finditer(sentence, begin, first):
        begin = clause.end()
    return bool(_NOT.search(sentence, begin, last) or _AFTER.match(sentence, last))


_LOCAL: Final = re.compile(r"[\w.+-]{1,64}")
_DOMAIN: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


def _mail_spans(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("@")
    while at != -1:
        before = _LOCAL.match(text[max(0, at - 64) : at][::-1])
        domain = _DOMAIN.match(text, at + 1)
        if before and domain:
            yield at - before.end(), domain.end()
        at = text.find("@", at + 1)
