"""How much a first visit loads: the board with 20 cards, as gunicorn with WhiteNoise sends it."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import expect

from tests.journeys.visitor import NewVisitor
from tests.journeys.world import demo_board

KB = 1000
PACKED = {".woff2"}
"""Compressed by their own format: WhiteNoise sends them as they are."""


def sent(url: str) -> int:
    """The bytes of a static file over the wire, compressed as WhiteNoise does."""
    name = urlsplit(url).path.removeprefix("/static/")
    found = finders.find(name)
    assert isinstance(found, str), url
    data = Path(found).read_bytes()
    return len(data) if Path(name).suffix in PACKED else len(brotli.compress(data))


def test_a_first_visit_to_the_board_is_light(new_visitor: NewVisitor, settings: Any) -> None:
    settings.DEMO = True
    demo_board(20)
    visitor = new_visitor()
    page = visitor.open("/jobs/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("li.card")).to_have_count(20)

    answer = Client().get("/jobs/", headers={"Accept-Encoding": "br"})
    assert answer["Content-Encoding"] == "br"
    html = len(answer.content)
    files = {url: sent(url) for url in set(visitor.asked) if "/static/" in url}
    css = sum(size for url, size in files.items() if url.endswith(".css"))
    total = html + sum(files.values())
    figures = f"HTML {html}, CSS {css}, in all {total} in {len(visitor.asked)}: {files}"
    assert html <= 20 * KB, figures
    assert css <= 20 * KB, figures
    assert total <= 90 * KB, figures
    assert len(visitor.asked) <= 12, figures
