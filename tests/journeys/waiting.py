"""How tests in a browser wait. Playwright comes back from a click before the answer has come, so
whatever leads to another page goes through `next_page`, and pages are read with `expect`, which
looks again until what it expects is there."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

PATIENCE = 15_000
"""Milliseconds that a page may take on a slow machine, whatever it is that a test waits for."""


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """What is done inside leads to another page; afterwards that one is loaded.

    The page that is left gets a mark: neither itself nor a jump inside it is taken for the next.
    """
    page.locator("html").evaluate("one => { one.dataset.left = '' }")
    yield
    expect(page.locator("html:not([data-left])"), "no other page came").to_have_count(1)
    page.wait_for_load_state()
