"""Blocks: where lines and elements are joined or parted, and that offsets stay true; tables of cases with reasons."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.lexicon.furniture import Furniture, load_furniture
from onrecord.read.blocks import BlockText, join_blocks
from onrecord.read.html_blocks import read_html
from onrecord.read.tags import read_tag, read_tags, read_usual_tag
from onrecord.read.text_blocks import read_text

FURNITURE: Furniture = load_furniture()

TEXTS: tuple[tuple[str, str, list[str]], ...] = (
    ("blank lines part", "One went.\n\nTwo came.", ["One went.", "Two came."]),
    ("a sentence cut by a blank line is one", "It is over.\n\nThe ministers met in the city\n\nand signed it.",
     ["It is over.", "The ministers met in the city and signed it."]),
    ("a title is not joined to what follows", "The ministers met in the capital\n\nupdated on Friday at noon",
     ["The ministers met in the capital", "updated on Friday at noon"]),
    ("a capital letter after the gap is a new block", "The ministers met in the capital\n\nThey signed.",
     ["The ministers met in the capital", "They signed."]),
    ("a full stop before the gap keeps apart", "The ministers met in the capital.\n\nand then left.",
     ["The ministers met in the capital.", "and then left."]),
    ("short lines of a menu stay alone", "Home\nWorld\nSport", ["Home", "World", "Sport"]),
    ("wrapped lines are joined",
     "The government of the island said on Friday that the strait would\n"
     "remain open to all ships of all nations for now, despite\nthe drills.",
     ["The government of the island said on Friday that the strait would "
      "remain open to all ships of all nations for now, despite the drills."]),
    ("items of a list stay apart", "- The first demand of the strikers was higher pay for all\n- The second was time",
     ["- The first demand of the strikers was higher pay for all", "- The second was time"]),
    ("Windows line ends", "One went.\r\n\r\nTwo came.\r\n", ["One went.", "Two came."]),
    ("old Mac line ends", "One went.\r\rTwo came.", ["One went.", "Two came."]),
    ("quote marks of a mail go", "> One went there.\n>\n> Two came.", ["One went there.", "Two came."]),
    ("tags pasted as text go, other brackets stay", "He <u>said</u> that 3 < 4 > 2.", ["He said that 3 < 4 > 2."]),
    ("references are read, addresses left alone", "AT&amp;T at x.org?a=1&copy=2", ["AT&T at x.org?a=1&copy=2"]),
    ("a tag and nothing else is no block", "One.\n\n<b>\n\nTwo.", ["One.", "Two."]),
    ("a form feed parts pages", "Page one.\x0cPage two.", ["Page one.", "Page two."]),
)  # fmt: skip

PAGES: tuple[tuple[str, str, list[str]], ...] = (
    ("paragraphs", "<p>One</p><p>Two</p>", ["One", "Two"]),
    ("paragraphs never closed", "<p>One<p>Two", ["One", "Two"]),
    ("inline tags leave no gap", "<p>one<b>two</b> three</p>", ["onetwo three"]),
    ("two line breaks part, one does not", "<div>one<br>two<br><br>three</div>", ["one two", "three"]),
    ("a break behind a full stop parts", "<div>One came.<br>Two went.</div>", ["One came.", "Two went."]),
    ("references", "<p>&ldquo;A&nbsp;&amp; B&#8221; &lt;c&gt;</p>", ["“A & B” <c>"]),
    ("white space collapses", "<p>  a \n\t b  </p>", ["a b"]),
    ("script, style, template and comments are no text", "<p>a<script>b</script><!-- c --><style>d</style></p>", ["a"]),
    ("hidden elements are no text", '<p hidden>a</p><p style="display: none">b</p><p>c</p>', ["c"]),
    ("text after a head that is never closed", "<head><title>t</title><p>a", ["a"]),
    ("preformatted text parts at blank lines", "<pre>one\ntwo\n\nthree</pre>", ["one two", "three"]),
    ("a > inside quotes ends no tag", '<p title="a > b">c</p>', ["c"]),
    ("upper case", "<P>One<BR><BR>Two</P>", ["One", "Two"]),
    ("a less-than sign in text", "<p>3 < 4 and 5 <6</p>", ["3 < 4 and 5 <6"]),
    ("an unclosed link does not make all a link", "<p><a href=x>one</p><p>two</p>", ["one", "two"]),
)


@pytest.mark.parametrize(("raw", "wanted"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_text_is_cut_into_blocks(raw: str, wanted: list[str]) -> None:
    assert [block.text for block in read_text(raw, FURNITURE)] == wanted


@pytest.mark.parametrize(("raw", "wanted"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_page_is_cut_into_blocks(raw: str, wanted: list[str]) -> None:
    assert [block.text for block in read_html(raw, FURNITURE).blocks] == wanted


def test_unclosed_link_ends_with_its_paragraph() -> None:
    shares = [block.link_share for block in read_html("<p><a href=x>one</p><p>two</p>", FURNITURE).blocks]
    assert shares == [1.0, 0.0]


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<div class=x>", "</div>", "<br>", "<script>", "</script>", "<!--", "-->",
         "<a href='", "\"", "&amp;", "&nbsp;", "&#8217;", "&shy;", "&", "<", ">", " ", "\n", "\r\n", "\u200b",
         "\u200c", "\ud800", "word", "Für", "سلام", ".", "a b"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(raw=PIECES)
@settings(max_examples=300, deadline=None)
def test_offsets_of_any_page_and_text_are_true(raw: str) -> None:
    for blocks in (read_html(raw, FURNITURE).blocks, read_text(raw, FURNITURE)):
        text, offsets, spans = join_blocks(blocks, raw)
        assert [text[span.start : span.end] for span in spans] == [block.text for block in blocks]
        assert all(block.text == block.text.strip() and block.text for block in blocks)
        at, raw_at = 0, 0
        for run in offsets.runs:
            assert run.start == at
            assert run.raw_start >= raw_at
            assert run.raw_end >= run.raw_start
            if run.exact:
                pairs = zip(text[run.start : run.end], raw[run.raw_start : run.raw_end], strict=True)
                assert all(a == b or (a.isspace() and b.isspace()) or a == "\ufffd" for a, b in pairs)
            at, raw_at = run.end, run.raw_end
        assert at == len(text)


@given(raw=PIECES)
@settings(max_examples=200, deadline=None)
def test_tags_cover_the_page_in_order(raw: str) -> None:
    at = 0
    for token in read_tags(raw):
        assert at <= token.start <= token.end <= len(raw)
        at = token.end


def test_block_text_steps_over_what_is_not_seen() -> None:
    text = BlockText()
    raw = "a\u00adb &amp;\u200bc"
    text.add(raw, 0, len(raw))
    words, runs = text.finish()
    assert words == "ab &c"
    assert [(run.start, run.end, run.raw_start, run.raw_end) for run in runs] == [
        (0, 1, 0, 1), (1, 3, 2, 4), (3, 4, 4, 9), (4, 5, 10, 11),
    ]  # fmt: skip


TAG_PIECES = st.sampled_from(
    ["p", "Div", "h-1", " ", "\n", "\t ", "/", "=", '"', "'", ">", "<", "class", "CLASS", "href", "hidden", "data-x",
     "@b", ' class="a b"', " class='c'", ' href="/x?a=1&amp;b=2"', ' id=""', " id=d", "é", '" class="e"', " x:y.z"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TAG_PIECES, max_size=12).map("".join))
def test_a_usual_tag_is_read_as_any_tag_is(raw: str) -> None:
    usual = read_usual_tag(f"<a{raw}", 0)
    assert usual is None or usual == read_tag(f"<a{raw}", 0)


def test_most_tags_are_usual_ones() -> None:
    usual = (
        "<p>",
        "<br/>",
        '<a href="/x" class="b">',
        '<img alt="a > b" src="c" />',
        "<input disabled>",
        '<A\nID="b">',
    )
    assert all(read_usual_tag(tag, 0) is not None for tag in usual)
