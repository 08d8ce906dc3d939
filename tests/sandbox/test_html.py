"""Telegram's HTML, as strict as Telegram's own parser."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.markup import parse_html, utf16_length
from sandbox.render import safe_html
from sandbox.texts import slice_utf16


def _entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a", "a", []),
        ("<b>a</b>", "a", [_entity("bold", 0, 1)]),
        ("<STRONG>a</sTrong>", "a", [_entity("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [_entity("italic", 0, 1), _entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [_entity("underline", 0, 1), _entity("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [_entity("strikethrough", n, 1) for n in range(3)],
        ),
        ("<tg-spoiler>a</tg-spoiler>", "a", [_entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [_entity("spoiler", 0, 1)]),
        ("🦷<b>🦷</b>", "🦷🦷", [_entity("bold", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [_entity("bold", 0, 2), _entity("italic", 1, 1)]),
        ("<b>a</>", "a", [_entity("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;&gt;&amp;&quot;&#33;&#x21;", '<>&"!!', []),
        ("&ltb", "&ltb", []),
        ("&lt b", "< b", []),
        ("&nbsp;&copy;& &#0;", "&nbsp;&copy;& &#0;", []),
        ("<pre>a</pre>", "a", [_entity("pre", 0, 1)]),
        ("<code>a</code>", "a", [_entity("code", 0, 1)]),
        ('<code class="language-py">a</code>', "a", [_entity("code", 0, 1)]),
        (
            '<pre><code class="language-py">a</code></pre>',
            "a",
            [_entity("pre", 0, 1, language="py")],
        ),
        ("<blockquote>a</blockquote>", "a", [_entity("blockquote", 0, 1)]),
        (
            "<blockquote expandable>a</blockquote>",
            "a",
            [_entity("expandable_blockquote", 0, 1)],
        ),
        (
            '<a href="https://t.me/x?start=s_1&amp;b=2">a</a>',
            "a",
            [_entity("text_link", 0, 1, url="https://t.me/x?start=s_1&b=2")],
        ),
        ("<a href='t.me/x'>a</a>", "a", [_entity("text_link", 0, 1, url="http://t.me/x")]),
        ('<a href="nowhere">a</a>', "a", []),
        ('<a href="tg://user?id=7">a</a>', "a", [_entity("text_mention", 0, 1, user={"id": 7})]),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [_entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
        ),
    ],
)
def test_markup_becomes_text_and_entities(source, text, entities):
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ё<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>a</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href>a</a", "Unclosed end tag at byte offset 9"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>c</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">c</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_what_is_wrong_is_said_in_telegrams_words(source, reason):
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"
    assert refusal.value.code == 400


@given(st.text())
def test_quoted_text_parses_back_to_itself(text):
    assert parse_html(escape(text)) == (text, [])


_PIECES = st.sampled_from(
    (
        *("<", ">", "/", "&", ";", "#", "=", '"', "'", " ", "b", "a", "href", "pre", "🦷", "ё"),
        *("<b>", "</b>", "<i>", "</i>", '<a href="t.me/x">', "</a>", "&lt;", "<code>", "</code>"),
    )
)


def _parsed_or_refused(source):
    try:
        return parse_html(source)
    except ApiError as refusal:
        return refusal.description


@given(st.lists(_PIECES).map("".join) | st.text())
def test_no_source_crashes_the_parser_and_entities_lie_within_the_text(source):
    match _parsed_or_refused(source):
        case str() as refusal:
            assert refusal.startswith("Bad Request: can't parse entities: ")
        case text, entities:
            ends = [(each["offset"], each["offset"] + each["length"]) for each in entities]
            assert all(0 <= start < end <= utf16_length(text) for start, end in ends)


_TAGS = st.sampled_from(["b", "i", "u", "s", "code", "pre", "tg-spoiler", "blockquote"])
_TREES = st.recursive(
    st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])).map(escape),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        _TAGS,
        st.lists(inner, min_size=1, max_size=3),
    ),
)


@given(_TREES)
def test_rendered_html_parses_to_the_same_text(source):
    text, entities = parse_html(source)
    rendered = safe_html(text, entities).replace("&#x27;", "'")
    assert parse_html(rendered)[0] == text


def test_rendered_html_holds_nothing_of_the_text_itself():
    text, entities = parse_html('<b>&lt;img src=x onerror="x"&gt;</b>')
    assert safe_html(text, entities) == "<b>&lt;img src=x onerror=&quot;x&quot;&gt;</b>"
    evil = [_entity("text_link", 0, 1, url="javascript:alert(1)")]
    assert safe_html("a", evil) == "a"


def test_overlapping_marks_are_rendered_as_a_tree():
    entities = [_entity("bold", 0, 2), _entity("italic", 1, 2)]
    assert safe_html("abc", entities) == "<b>a<i>b</i></b><i>c</i>"


def test_an_entity_is_cut_by_utf16_units():
    assert slice_utf16("🦷🦷ab", 2, 3) == "🦷a"
