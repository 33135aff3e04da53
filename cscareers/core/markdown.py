"""Markdown that strangers wrote, as HTML that is safe to show.

CommonMark without raw HTML and images; what comes out is cleaned by an allow-list once more, so
that a slip in one of the two is not a hole.
"""

from functools import lru_cache
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MAX_CHARACTERS: Final = 20_000
TAGS: Final = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

_parser: Final = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


@lru_cache(maxsize=512)
def to_html(text: str) -> SafeString:
    """`text` (its first `MAX_CHARACTERS`) as safe HTML; headings begin at h3, below the page's."""
    tokens = _parser.parse(text[:MAX_CHARACTERS])
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener",
    )
    return mark_safe(cleaned)  # noqa: S308  (cleaned one line above)
