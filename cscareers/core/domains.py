"""Domains of sites and addresses: when an address stands for a site. Pure."""

from typing import Final
from urllib.parse import urlsplit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHARED_SECOND: Final = _words(
    """
    ac co com edu go gob gouv gov ltd mil ne net nom or org plc
    """
)
"""Second-level labels below which a country registers names, as in example.co.uk."""

_SHARED_HOSTS: Final = _words(
    """
    appspot.com azurewebsites.net blogspot.com carrd.co cloudfront.net framer.website github.io
    gitlab.io glitch.me godaddysites.com herokuapp.com jimdosite.com medium.com myshopify.com
    netlify.app notion.site onrender.com pages.dev square.site squarespace.com substack.com
    vercel.app web.app webflow.io weebly.com wixsite.com wordpress.com workers.dev
    """
)
"""Hosts whose subdomains belong to different people."""

_FREE_MAIL: Final = _words(
    """
    126.com 163.com aim.com aliyun.com aol.com att.net bellsouth.net bigpond.com btinternet.com
    charter.net comcast.net cox.net daum.net duck.com earthlink.net fastmail.com fastmail.fm
    foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
    hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it
    hushmail.com icloud.com inbox.com inbox.lv laposte.net libero.it live.co.uk live.com live.nl
    mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com ntlworld.com onet.pl op.pl
    optonline.net orange.fr outlook.com outlook.de outlook.fr pm.me posteo.de proton.me
    protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com rogers.com
    sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com sympatico.ca t-online.de talktalk.net
    terra.com.br tuta.com tutanota.com uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr
    web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br
    yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com
    """
)
"""Domains where anybody gets an address: it proves nothing about an employer."""


def host_of(url: str) -> str:
    """The host of a site's address in lower-case ASCII; empty when there is none."""
    return _ascii(urlsplit(url if "//" in url else f"//{url}").hostname or "")


def domain_of(email: str) -> str:
    """The domain of an e-mail address in lower-case ASCII."""
    return _ascii(email.rpartition("@")[2])


def registrable(host: str) -> str:
    """The part of `host` that somebody registered: example.co.uk for jobs.example.co.uk.

    Empty for an IP address, a single label, or a name that different people share.
    """
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].isdigit():
        return ""
    shared = len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND
    parts = 3 if shared or ".".join(labels[-2:]) in _SHARED_HOSTS else 2
    return ".".join(labels[-parts:]) if len(labels) >= parts else ""


def proven_domain(*, site: str, email: str) -> str:
    """The domain that both the site and the address belong to; empty when they don't agree, or
    when anybody can get such an address."""
    theirs = registrable(domain_of(email))
    if not theirs or theirs in _FREE_MAIL:
        return ""
    return theirs if theirs == registrable(host_of(site)) else ""


def is_free_mail(email: str) -> bool:
    """True when anybody gets an address at the domain of `email`."""
    return registrable(domain_of(email)) in _FREE_MAIL


def _ascii(host: str) -> str:
    try:
        return host.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
