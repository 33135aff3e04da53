"""Markdown from HTML and from text: structure is kept, HTML never survives."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postings.importers import html_text
from postings.importers.clean import cut_at_word
from postings.importers.html_text import MAX_CHARACTERS, to_line, to_markdown
from postings.importers.mojibake import repair_mojibake
from tests.shared_data import ROOT, needs

RENDERER = MarkdownIt("commonmark", {"html": True})
OPENS_A_TAG = re.compile(r"<[A-Za-z/!?]")


def tokens(markdown: str) -> set[str]:
    """Kinds of Markdown tokens, inline ones too, as a renderer that lets HTML through sees them."""
    return {
        token.type
        for block in RENDERER.parse(markdown)
        for token in [block, *(block.children or [])]
    }


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>Two<br/><br>Three", "One  \nTwo\n\nThree"),
        ("<ul><li>a</li><li>b</ul>c", "- a\n- b\n\nc"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<li>alone</li>", "- alone"),
        ("<ul><li><ul><li><ul><li>deep", "- deep"),
        ("<ul><ul>no item", "no item"),
        ("<h2>About</h2>us <h6>More</h6>", "# About\n\nus\n\n## More"),
        ("<b>Pay:</b>good <i> and </i>more", "**Pay:** good *and* more"),
        ("<b><i>Both</i></b>", "***Both***"),
        ("<b>a</b><i>b</i>", "**a** *b*"),
        ("a:\n∙ b\n∙ c", "a:\n\n- b\n- c"),
        ("<b> : </b>x", ": x"),
        ("a <b>b</b>. <b>c.</b>d<i>(e)</i>", "a **b**. **c.** d *(e)*"),
        ('<a href="https://x.test">Site</a>', "Site"),
        ("<p>a</p><script>alert(1)</script><style>p{}</style>", "a"),
        ("<p>a</p><svg><text>x</text></svg><p>b</p>", "a\n\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<pre>a\nb</pre>", "a  \nb"),
        ("<p>• a<br>• b</p>", "- a\n- b"),
        ("&lt;p&gt;Hi &amp;amp; bye&lt;/p&gt;", "Hi & bye"),
        ("AT&amp;T &lt; 5", "AT&T < 5"),
        ("<![if foo]><p>x", "x"),
        ("<p>a<!-- b --><!-- c</p>", "a c"),
        ("<p>\uf0b7 a<br/>\uf0b7 b</p><hr/>", "- a\n- b"),
        ("<p>5 &lt;b&gt; 3</p>", "5 &lt;b> 3"),
    ],
)
def test_html_becomes_markdown(source: str, markdown: str) -> None:
    assert to_markdown(source).text == markdown


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("One\n\nTwo", "One\n\nTwo"),
        ("• a\n• b\n\nend", "- a\n- b\n\nend"),
        ("Tasks:  •\tone  •\ttwo", "Tasks:\n\n- one\n- two"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("- a\n* b\n– c", "- a\n- b\n- c"),
        ("# loud\n> quote\n+1", "\\# loud\n\n- quote\n\n+1"),
        ("Title\n=====\ntext", "Title\n\ntext"),
        ("[a](javascript:b) *c* _d_ `e` f_g 2 * 3",
         "[a]\\(javascript:b) \\*c\\* \\_d\\_ \\`e\\` f_g 2 * 3"),
        ("[a]: https://b.test", "\\[a]: https://b.test"),
        ("2019. A year", "2019\\. A year"),
        ("    code?", "code?"),
        ("a\u00a0b\r\nc\x00\ud800\u202ed", "a b\n\ncd"),
        ("a line that was wrapped by a mail program at its very last column\ncharacter goes on",
         "a line that was wrapped by a mail program at its very last column character goes on"),
        ("", ""),
    ],
)  # fmt: skip
def test_plain_text_keeps_its_words_and_lists(source: str, markdown: str) -> None:
    assert to_markdown(source).text == markdown


def test_a_line_that_lost_its_breaks_is_parted_at_wide_gaps() -> None:
    source = "Word " * 70 + "   Next part.  1.  One  2.  Two"
    assert to_markdown(source).text.split("\n\n")[1:] == ["Next part.", "1. One\n2. Two"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("â€¢ the systemâ€™s", "• the system’s"),
        ("â€œAâ€\x9d â€“ b", "“A” – b"),
        ("â€œAâ€ b", "“A” b"),
        ("Ã¢â‚¬â„¢s", "’s"),
        ("cafÃ© Â£5 Â· â‚¬6", "café £5 · €6"),
        ("â€™ Ã‰cole", "’ École"),
        ("ðŸ‘‹ hi", "👋 hi"),
        ("“CAFÉ’S” in SÃO PAULO, château â la carte", None),
        ("plain", None),
        ("Ã¯Â¿Â½", "\ufffd"),
    ],
)
def test_mojibake_is_repaired_and_real_text_left_alone(wrong: str, right: str | None) -> None:
    assert repair_mojibake(wrong) == (wrong if right is None else right)


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    clean = to_markdown("word " * 5000)
    assert clean.cut
    assert len(clean.text) <= MAX_CHARACTERS
    assert set(clean.text.split(" ")) == {"word"}
    assert not to_markdown("word " * 4000).cut
    assert cut_at_word("abcdef", 3) == "abc"
    assert to_markdown("x" * 300_000).cut


def test_an_unclosed_list_item_in_the_skipped_part_falls_back_to_bare_words() -> None:
    assert to_markdown("<title>Lead <b>the</b> team").text == "Lead the team"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("  Customer\u00a0 Service\nManager ", "Customer Service Manager"),
        ("<b>Lead</b> &amp; coach", "Lead & coach"),
        ("Lead <script", "Lead"),
        ("Childrenâ€™s", "Children’s"),
        ("a < b", "a < b"),
        ("&lt;img src=x onerror=y&gt;", ""),
    ],
)
def test_a_title_is_one_plain_line(source: str, line: str) -> None:
    assert to_line(source) == line


PIECES = (
    "<p> </p> <br> <ul> <ol> <li> </li> </ul> <b> </b> <i> </i> <h2> </h2> <pre> <script>"
    " </script> <!-- --> <![CDATA[ ]]> <!DOCTYPE <? &lt; &#0; &amp; &#x202e; • * ** _ ` ~~~ ```"
    " # > - 1. | --- [a](b) [x]: <http://a.b> \\ <svg> â€¢ Â \x00 \ud800 word Word,"
    " \n \n\n \t   "
)
pieces = st.sampled_from(PIECES.split(" "))
soup = st.lists(pieces | st.text(max_size=5), max_size=30).map("".join)


@given(soup | st.text(max_size=200))
def test_no_html_survives_and_nothing_fails(source: str) -> None:
    clean = to_markdown(source)
    assert OPENS_A_TAG.search(clean.text) is None
    assert tokens(clean.text).isdisjoint(
        {"html_block", "html_inline", "link_open", "image", "code_block", "fence", "code_inline"}
    )
    assert "\x00" not in clean.text
    clean.text.encode("utf-8")
    assert "\n" not in to_line(source)
    assert OPENS_A_TAG.search(to_line(source)) is None


@needs("postings/nyc.jsonl", "postings/remote.jsonl", "postings/startups.jsonl")
@pytest.mark.parametrize("name", ["nyc", "remote", "startups"])
def test_real_descriptions_lose_nothing_but_their_markup(name: str) -> None:
    with (ROOT / f"postings/{name}.jsonl").open(encoding="utf-8") as lines:
        sources = [json.loads(line).get("description", "") for line in lines][::7]
    for source in sources:
        clean = to_markdown(source)
        assert OPENS_A_TAG.search(clean.text) is None
        assert "â€" not in clean.text
        words = re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>|&\w+;", " ", source))
        assert len(re.findall(r"[A-Za-z]{4,}", clean.text)) >= 0.97 * len(words) or clean.cut


USUAL = st.sampled_from(
    [*("<p>", "</p>", "<P>", "<br>", "<br/>", "<b>", "</b>", "<strong>", "</em>", "<i>", "<ul>"),
     *("<ol>", "<li>", "</li>", "</ul>", "<pre>", "</pre>", "<h2>", "</h2>", "<script>", "</p >"),
     *("</script>", "<style>", "<title>", "</title>", '<a href="x">', "</a>", "<svg>", "</svg>"),
     *('<p a="<b">', '<li class="a" id="b">', "<p a=b>", "<div", "words of it", " ", "\n"),
     "&lt;b&gt;"]
)  # fmt: skip


@given(st.lists(USUAL, max_size=30).map("".join))
def test_usual_tags_read_as_the_standard_parser_reads_them(source):
    class Standard(html_text._Reader):
        parse_starttag = HTMLParser.parse_starttag
        parse_endtag = HTMLParser.parse_endtag

    found = []
    for reader in (html_text._Reader(), Standard()):
        reader.feed(source)
        reader.close()
        reader.flush()
        found.append(reader.blocks)
    assert found[0] == found[1]
