"""`/kit`: what a clinic puts up so that people come to the bot, and how many have come by it."""

from collections.abc import Iterator, Mapping, Sequence

from aiogram.types import BufferedInputFile, CopyTextButton, InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.programme import Programme
from loyalty.signboard import Signboard
from loyalty.sources import Came, Place, Source
from screens import pictures, posters
from screens.callbacks.kit import KitPress, Paper
from screens.callbacks.team import AsOwnerPress
from screens.formats import percent, whole
from screens.lettering import writable
from screens.posters import Look, Sheet, Words
from screens.screen import Screen, button, in_pairs, short, under
from screens.texts import LANGUAGES, Html, Texts, texts_in

PRINTED = (Place.DESK, Place.ROOM)
OF_A_BRANCH = (Place.DESK, Place.ROOM, Place.MAP)  # a site is the whole clinic's
SHEETS = {Paper.STAND: Sheet.A6, Paper.POSTER: Sheet.A4}
LONGEST_LABEL = 30
MOST_COUNTED = 24  # lines of the longest names that one message holds

Branches = Mapping[int, Branch]


def open_kit(texts: Texts) -> InlineKeyboardButton:
    """The way in, for the owner's own screen."""
    return button(texts.plain("kit-open"), KitPress())


def link_of(source: Source, username: str) -> str:
    return f"https://t.me/{username}?start={source.payload}"


# --- walking about ---------------------------------------------------------------------------


def places(texts: Texts, came: Mapping[Source, Came], branches: Branches) -> Screen:
    """All places, and how many have come from each: of many branches, from all of them together."""
    shown = came if len(came) <= MOST_COUNTED else _by_place(came)
    counted = [_came(texts, source, counts, branches) for source, counts in shown.items()]
    note = texts("kit-came-note") if counted else texts("kit-nobody")
    text = "\n\n".join(filter(None, [texts("kit"), "\n".join(counted), note]))
    ways = [button(_place(texts, place), KitPress(place=place)) for place in Place]
    home = button(texts.plain("owner-back"), AsOwnerPress())
    return Screen(text, under(*in_pairs(ways), [home]))


def _by_place(came: Mapping[Source, Came]) -> Mapping[Source, Came]:
    summed: dict[Source, Came] = {}
    for source, counts in came.items():
        place = Source(source.place)
        before = summed.get(place, Came(0, 0))
        opened, registered = before.opened + counts.opened, before.registered + counts.registered
        summed[place] = Came(opened, registered)
    return summed


def _came(texts: Texts, source: Source, counts: Came, branches: Branches) -> str:
    where = _where(texts, source, branches)
    return texts("kit-came", where=where, opened=counts.opened, registered=counts.registered)


def _where(texts: Texts, source: Source, branches: Branches) -> str:
    place = _place(texts, source.place)
    if source.branch is None or source.branch not in branches:
        return place
    return texts.plain("kit-where", place=place, branch=branches[source.branch].name)


def _place(texts: Texts, place: Place) -> str:
    return texts.plain("kit-place", place=Html(place))


def branches_of(texts: Texts, place: Place, branches: Sequence[Branch]) -> Screen:
    """A clinic of several branches says which one's."""
    ways = [
        [button(short(one.name, LONGEST_LABEL), KitPress(place=place, branch=one.id))]
        for one in branches
    ]
    text = texts("kit-which-branch", place=_place(texts, place))
    return Screen(text, under(*ways, [_back(texts)]))


def place(
    texts: Texts,
    source: Source,
    branches: Branches,
    username: str,
    sheet_texts: Texts,
    counts: Came | None,
) -> Screen:
    """The link of one place, what it can be taken as, and how many have come by it."""
    where, link = _where(texts, source, branches), link_of(source, username)
    printed = source.place in PRINTED
    what = texts("kit-print") if printed else texts("kit-put", place=Html(source.place))
    came = _came(texts, source, counts, branches) if counts else ""
    text = "\n\n".join(filter(None, [texts("kit-link", where=where, link=link), what, came]))
    copy = InlineKeyboardButton(text=texts.plain("kit-copy"), copy_text=CopyTextButton(text=link))
    rows = _papers(texts, source, sheet_texts) if printed else ()
    qr = button(texts.plain("kit-qr"), _press(source, paper=Paper.QR))
    return Screen(text, under(*rows, [qr], [copy], [_back(texts)]))


def _papers(
    texts: Texts, source: Source, sheet_texts: Texts
) -> Iterator[list[InlineKeyboardButton]]:
    language = sheet_texts.language
    stand = _press(source, language, Paper.STAND)
    poster = _press(source, language, Paper.POSTER)
    yield [button(texts.plain("kit-stand"), stand), button(texts.plain("kit-poster"), poster)]
    other = next(one for one in LANGUAGES if one != language)
    # In the language it leads to: who reads it is who wants it.
    yield [button(texts_in(other).plain("kit-in-this-language"), _press(source, other))]


def _press(source: Source, language: str | None = None, paper: Paper | None = None) -> KitPress:
    return KitPress(place=source.place, branch=source.branch, language=language, paper=paper)


def _back(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("kit-back"), KitPress())


# --- files -----------------------------------------------------------------------------------


def file(
    texts: Texts, source: Source, branches: Branches, username: str, paper: Paper, made: bytes
) -> Screen:
    """What was made, under its place and link."""
    caption = texts(
        "kit-file",
        where=_where(texts, source, branches),
        link=link_of(source, username),
        paper=Html(paper),
    )
    kind = "pdf" if paper in SHEETS else "png"
    name = f"{source.payload.removeprefix('s_')}-{paper}.{kind}"
    return Screen(caption, document=BufferedInputFile(made, name))


def drawn(
    sheet_texts: Texts,
    source: Source,
    username: str,
    paper: Paper,
    signboard: Signboard,
    programme: Programme,
    look: Look,
) -> bytes:
    """The file itself, as slow as drawing is."""
    link = link_of(source, username)
    if paper is Paper.QR:
        return pictures.qr(link)
    said = words(sheet_texts, username, signboard, programme)
    return posters.pdf(said, link, SHEETS[paper], look)


def words(texts: Texts, username: str, signboard: Signboard, programme: Programme) -> Words:
    """What stands on a sheet: nothing but what the programme gives."""
    points, months = programme.welcome, programme.welcome_months
    cap = percent(programme.cap, texts)
    if points:
        figure: str = whole(points, texts)
        unit = texts.plain("poster-gift", points=points)
        terms = texts.plain("poster-gift-terms", months=months)
    else:
        figure, unit = texts.plain("poster-no-gift"), texts.plain("poster-no-gift-more")
        terms = texts.plain("poster-terms")
    return Words(
        clinic=writable(signboard.name),
        figure=figure,
        unit=unit,
        worth=texts.plain("poster-worth", cap=cap),
        scan=texts.plain("poster-scan"),
        address=f"t.me/{username}",
        terms=terms,
        legal=writable(signboard.legal),
        warning=texts.plain("poster-warning"),
    )
