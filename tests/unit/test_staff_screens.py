"""The staff chat's screens: whatever people and branches are called, Telegram takes them."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loyalty.branches import Branch
from loyalty.desk.access import AccessFacts, Page
from loyalty.team import Member, Standing
from screens import staff_chat, team
from screens.callbacks.team import BranchField, DayOffPress, mark
from screens.staff_chat import ZONES, Lack
from screens.texts import texts_in
from tests.unit.test_screens import BIGGEST_ID, labels, languages, names, plain

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LEGAL = "ООО «<&>»"

branch_names = st.sampled_from(["Ленина", "<b>Мира & Ко</b>", "Ы" * 80])
branches = st.builds(
    Branch,
    id=st.integers(1, BIGGEST_ID),
    name=branch_names,
    chat=st.just(-1001),
    zone=st.sampled_from([*ZONES, "Asia/Chita", "America/Argentina/ComodRivadavia"]),
    legal=st.just(LEGAL),
    phone=st.just("+7 843 212-34-56"),
    opens=st.just(time(8, 30)),
    closes=st.just(time(21)),
    days_off=st.frozensets(st.integers(0, 6)),
)
members = st.builds(
    Member,
    id=st.integers(1, BIGGEST_ID),
    branch=st.just(1),
    telegram=st.just(1003),
    name=names,
    standing=st.sampled_from([Standing.WAITING, Standing.STAFF, Standing.MANAGER]),
    shared=st.booleans(),
    on_shift=names,
    shift_until=st.just(NOW + timedelta(hours=8)),
)


@given(languages, branches, names)
def test_the_screens_of_a_branch(texts, branch, name):
    for screen in (
        staff_chat.offer(texts),
        *(staff_chat.lacking(texts, lack) for lack in Lack),
        staff_chat.which_branch(texts, [branch] * 30, name),
        staff_chat.not_an_owner(texts, BIGGEST_ID),
        staff_chat.leaflet(texts),
        staff_chat.disconnect(texts, branch),
        staff_chat.disconnected(texts, branch),
        staff_chat.stays_connected(texts),
        staff_chat.not_connected(texts),
        staff_chat.summary(texts, branch, NOW),
        *(staff_chat.write_field(texts, field) for field in BranchField),
        staff_chat.zones(texts, NOW),
        staff_chat.days_off(texts, branch),
        staff_chat.no_access(texts),
        staff_chat.owners_do(texts),
        *(staff_chat.private_only(texts, "UlybkaMolarBot", whose) for whose in staff_chat.Whose),
        staff_chat.staff_chat_only(texts),
        staff_chat.nameless(texts, channel=True),
        staff_chat.nameless(texts, channel=False),
        staff_chat.shift(texts, [name] * 8),
        staff_chat.write_shift(texts),
        team.branches(texts, []),
        team.branches(texts, [branch] * 200),
        team.made_manager(texts, branch),
    ):
        plain(screen)


@given(languages, branches, members, names)
def test_the_screens_of_a_person(texts, branch, member, name):
    page = Page(branch, member)
    for screen in (
        staff_chat.access_question(texts, AccessFacts(member, name)),
        staff_chat.access_given(texts, member, name),
        staff_chat.own_access(texts, member),
        staff_chat.access_later(texts, member),
        staff_chat.on_shift(texts, branch, member),
        staff_chat.on_shift(texts, branch, member, again=True),
        team.people(texts, branch, [], several=False, for_owner=True),
        team.people(texts, branch, [member] * 200, several=True, for_owner=False),
        team.person(texts, page, for_owner=True),
        team.person(texts, page, for_owner=False),
        team.write_name(texts, page),
    ):
        plain(screen)


@given(languages, branches)
def test_the_leaflet_has_five_lines(texts, branch):
    assert len(plain(staff_chat.leaflet(texts)).splitlines()) == 5


@given(languages, branches, members)
def test_only_an_owner_is_offered_to_make_managers(texts, branch, member):
    offered = labels(team.person(texts, Page(branch, member), for_owner=False))
    assert texts.plain("team-promote") not in offered
    assert texts.plain("team-dismiss") not in offered


def test_every_day_switches_to_what_it_is_not():
    branch = Branch(1, "Ленина", -1001, ZONES[0], LEGAL, "+7", days_off=frozenset({6}))
    keys = staff_chat.days_off(texts_in("ru"), branch).keyboard.inline_keyboard
    days = [DayOffPress.unpack(key.callback_data) for row in keys[:-1] for key in row]
    assert [(press.day, press.off) for press in days] == [(n, n != 6) for n in range(7)]


def test_a_mark_is_the_same_for_ever():
    """It stands in buttons that outlive the process."""
    assert mark("Ольга") == 2_629_963_407
