"""Links to reviews as owners type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.errors import Refusal
from loyalty.links import LONGEST, NotALinkError, host, link
from loyalty.reviews import MOST_LINKS, Site, TooManyLinksError, added, site

YANDEX = "https://yandex.ru/maps/org/ulybka/1234567890/reviews/"
GIS = "https://2gis.ru/kazan/firm/70000001"

hosts = st.sampled_from(["yandex.ru", "www.zoon.ru", "улыбка.рф", "ya", "a..ru", "127.0.0.1", ""])
schemes = st.sampled_from(["https://", "HTTPS://", "http://", "tg://", "", "https://x@"])
links = st.builds("".join, st.tuples(schemes, hosts, st.sampled_from(["", "/отзывы", ":0", ":x"])))
typed = st.lists(links | st.text(max_size=30), max_size=6).map("\n".join)


@given(typed)
def test_whatever_is_typed_becomes_a_few_https_links_or_is_refused(words):
    try:
        kept = added((), words)
    except Refusal:
        return
    assert len(kept) == len(set(kept)) <= MOST_LINKS
    for one in kept:
        assert one.lower().startswith("https://")
        assert len(one) <= LONGEST
        assert "." in host(one)
        assert "@" not in one
        site(one)
    assert added((), "\n".join(kept)) == added(kept, words) == kept


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (YANDEX, Site.YANDEX),
        ("https://yandex.com/maps/-/CDabc", Site.YANDEX),
        (GIS, Site.TWO_GIS),
        ("https://go.2gis.com/abc", Site.TWO_GIS),
        ("https://www.google.com/maps/place/x", Site.GOOGLE),
        ("https://maps.app.goo.gl/abc", Site.GOOGLE),
        ("https://prodoctorov.ru/kazan/lpu/1/", Site.PRODOCTOROV),
        ("https://zoon.ru/kazan/medical/ulybka/", Site.ZOON),
        ("https://napopravku.ru/kazan/clinics/1/", Site.NAPOPRAVKU),
        ("https://yandex.example.ru/", None),
        ("https://flamp.ru/firm/1", None),
    ],
)
def test_a_site_is_known_by_its_domain(address, known):
    assert site(link(address)) is known


@pytest.mark.parametrize(
    "word",
    [
        "http://yandex.ru",
        "tg://resolve?domain=durov",
        "yandex",
        "отзывы",
        "ул.Ленина",
        "12.10",
        "8:00-20:00",
        "mail@example.ru",
        "example.ru@example.org/",
        "127.0.0.1/reviews",
        "//example.ru/reviews",
        f"yandex.ru/{'a' * LONGEST}",
        "https://yandex",
        "https://yandex.ru@example.org/",
        "https://127.0.0.1/",
        "https://[::1",
        "https://yandex.ru:port/",
        "https://yandex..ru/",
        f"https://yandex.ru/{'a' * LONGEST}",
        'https://yandex.ru/"><b>',
        "javascript:alert(1)",
    ],
)
def test_what_no_button_can_open_is_refused_by_name(word):
    with pytest.raises(NotALinkError) as refused:
        added((YANDEX,), f"{GIS} {word}")
    assert word.startswith(refused.value.arguments["typed"])


@pytest.mark.parametrize(
    "word",
    ["example.ru/reviews", "2gis.ru/kazan/firm/70000001", "www.zoon.ru", "улыбка.рф/отзывы"],
)
def test_a_link_as_a_browser_shows_it_has_its_https_added(word):
    assert added((), word) == (f"https://{word}",)


def test_the_same_link_with_https_and_without_is_one():
    assert added((GIS,), GIS.removeprefix("https://")) == (GIS,)


def test_a_link_that_is_there_already_is_kept_once():
    assert added((YANDEX,), f"{GIS}\n{YANDEX}") == (YANDEX, GIS)


def test_what_copying_brings_along_is_no_part_of_a_link():
    assert added((), f"\u2068{YANDEX}\u2069\ufeff\n\u200b{GIS}") == (YANDEX, GIS)


def test_there_is_no_room_for_more_than_a_few():
    four = tuple(f"{GIS}{n}" for n in range(MOST_LINKS))
    assert added((), " ".join(four)) == four
    with pytest.raises(TooManyLinksError):
        added(four, YANDEX)
