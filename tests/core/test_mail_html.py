"""Every mail: a text that ends with the rule that sent it, and an HTML part that says the same."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import template
from django.conf import settings
from django.template import engines

from cscareers.core import mail_html

ROOT = Path(__file__).resolve().parents[2] / "templates"
OURS = [*ROOT.glob("emails/*.txt"), *ROOT.glob("account/email/[!b]*_message.txt")]
ALLAUTHS = ["mfa/email/totp_activated_message.txt", "mfa/email/totp_deactivated_message.txt"]
TEXTS = sorted(str(path.relative_to(ROOT)) for path in OURS) + ALLAUTHS
SAMPLES: dict[str, dict[str, Any]] = {}
"""By template: values for one that can't be filled with just anything."""
UNNAMED = {"day", "month", "year", "hour", "resolve_expression", "template"}


class Anything(str):
    """A value that has every attribute and two items, says its name, and is true or false."""

    true = True

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("_") or name in UNNAMED:
            raise AttributeError(name)
        if name == "url" or name.endswith("_url"):
            return type(self)(f"{settings.SITE_URL}/{name}/")
        return type(self)(f"<{name}> & co")

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return getattr(self, key)
        return str.__getitem__(self, key)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.__getattr__("first"), self.__getattr__("second")))

    def __len__(self) -> int:
        return 2

    def __bool__(self) -> bool:
        return self.true


class Nothing(Anything):
    true = False


class EveryName(dict[str, Any]):
    """The values of a template, whatever it names."""

    def __init__(self, kind: type[Anything]) -> None:
        super().__init__()
        self.any = kind("")

    def __contains__(self, key: object) -> bool:
        return key not in ("True", "False", "None", "forloop", "block")

    def __missing__(self, key: str) -> Any:
        return getattr(self.any, key)


class Words(HTMLParser):
    """What a reader of the page sees, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(html[html.index("<body") :])

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]


def drawn(name: str, values: dict[str, Any]) -> str:
    page = engines["django"].get_template(name).template
    # What stands in for a value can't be undefined: the strict marker is for pages.
    return page.render(template.Context(values, autoescape=name.endswith(".html")))


def plain(word: str) -> str:
    """A word without its marks and capitals: the two parts of a mail may set these as they like."""
    return re.sub(r"\W", "", word).lower()


@pytest.mark.parametrize("kind", [Anything, Nothing])
@pytest.mark.parametrize("name", TEXTS)
def test_every_mail_says_which_rule_sent_it_and_has_an_html_part(
    name: str, kind: type[Anything]
) -> None:
    values = SAMPLES.get(name, EveryName(kind))
    text = drawn(name, values)
    rule = text.strip().split("\n\n")[-1]
    assert rule.startswith(("You get this mail", "Why you get this:"))
    own = name.removesuffix(".txt") + ".html"
    if (ROOT / own).exists():
        html = mail_html.inlined(drawn(own, values))
    else:
        html = mail_html.of_text(subject="About your job", text=text)
    page = Words(html)
    ours = re.findall(rf"^{re.escape(settings.SITE_URL)}\S*$", text, re.MULTILINE)
    assert sorted(page.links) == sorted(ours)
    shown = {plain(word) for word in page.words} | {""}
    said = [plain(word) for word in text.split() if word not in ours]
    assert [word for word in said if word not in shown] == []
    assert html.count('class="m-btn"') <= 1


@pytest.mark.parametrize("name", ["still_hiring", "posting_unconfirmed"])
def test_what_asks_for_an_answer_has_it_as_a_button(name: str) -> None:
    text = drawn(f"emails/{name}.txt", EveryName(Anything))
    assert mail_html.of_text(subject="", text=text).count('class="m-btn"') == 1


def test_no_mail_is_left_out() -> None:
    assert len(TEXTS) > 25


def test_the_rules_stand_in_the_tags_and_the_dark_ones_in_the_head() -> None:
    text = f"Hello\n\nOpen it:\n{settings.SITE_URL}/a?b=1&c=2\n\nYou get this mail because."
    html = mail_html.of_text(subject='<b>"1" & 2</b>', text=text)
    assert "<title>&lt;b&gt;&quot;1&quot; &amp; 2&lt;/b&gt;</title>" in html
    button = re.search(r"<a [^>]*>Open it</a>", html)
    assert button is not None
    assert button.group().startswith(f'<a href="{settings.SITE_URL}/a?b=1&amp;c=2" style="color:')
    # The rule for a link in a button comes after the one for links.
    assert button.group().index("color:#0a5763") < button.group().index("color:#fff")
    head = html[: html.index("</head>")]
    assert head.count("<style>@media(prefers-color-scheme:dark){ body{background:#101716") == 1
    assert html[len(head) :].count("<style") == 0
    assert len(html) < 6_000


def test_the_dark_rules_win_over_what_stands_in_the_tags() -> None:
    _, media = mail_html._sheet()
    rules = re.findall(r"[{;]([a-z-]+:[^;{}]+)", media)
    assert len(rules) > 8
    assert [rule for rule in rules if not rule.endswith("!important")] == []
