"""The programme's numbers: what they say of a day, how they are kept, changed and refused."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.categories import Category
from loyalty.dates import last_day
from loyalty.errors import Refusal
from loyalty.numbers import (
    NUMBERS,
    GiveawayError,
    Group,
    NotAPercentError,
    NotASwitchError,
    NotDaysError,
    NoticesError,
    NotMonthsError,
    NotRublesError,
    NotWholePointsError,
    TiersError,
    Unit,
    UnknownNumberError,
    changed,
    check,
    number,
    parse,
    value,
)
from loyalty.programme import DEFAULTS, Programme, Tier, from_stored, to_stored
from loyalty.recalls import Interval
from screens.texts import LANGUAGES, texts_in

HYGIENE, IMPLANTS, SURGERY = Category.HYGIENE, Category.IMPLANTS, Category.SURGERY
THERAPY = Category.THERAPY
ZONE = ZoneInfo("Asia/Yekaterinburg")
DAY = date(2026, 11, 21)
NO_BREAK, THIN, NARROW = "\u00a0", "\u2009", "\u202f"

numbers = st.sampled_from(NUMBERS)


# --- what the numbers say --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "name"),
    [
        (0, "standard"),
        (99_999_99, "standard"),
        (100_000_00, "silver"),
        (299_999_99, "silver"),
        (300_000_00, "gold"),
    ],
)
def test_a_tier_is_reached_by_cash_paid(paid, name):
    assert DEFAULTS.tier(paid).name == name


def test_the_top_has_no_next_tier():
    assert DEFAULTS.next_tier(100_000_00).name == "gold"
    assert DEFAULTS.next_tier(300_000_00) is None


def test_a_category_without_its_own_number_has_the_general_one():
    programme = replace(DEFAULTS, rates=((IMPLANTS, 0),), caps=((IMPLANTS, 0),))
    assert programme.rate(300_000_00, IMPLANTS) == 0
    assert programme.rate(300_000_00, THERAPY) == programme.rate(300_000_00) == 1500
    assert programme.cap_for(IMPLANTS) == 0
    assert programme.cap_for(THERAPY) == programme.cap_for(None) == 3000


def test_a_line_without_category_is_never_excluded_by_one():
    programme = replace(DEFAULTS, excluded=(IMPLANTS,))
    assert programme.is_excluded(IMPLANTS)
    assert not programme.is_excluded(THERAPY)
    assert not programme.is_excluded(None)


@pytest.mark.parametrize(
    ("categories", "last"),
    [
        ([], date(2027, 11, 21)),
        ([None], date(2027, 11, 21)),
        ([THERAPY], date(2027, 11, 21)),
        ([HYGIENE], date(2027, 6, 21)),
        ([HYGIENE, HYGIENE], date(2027, 6, 21)),
        ([HYGIENE, THERAPY], date(2027, 11, 21)),
        ([HYGIENE, None], date(2027, 11, 21)),
    ],
)
def test_cashback_has_the_kindest_validity_of_the_visit(categories, last):
    assert last_day(DEFAULTS.cashback_ends(DAY, categories, ZONE), ZONE) == last


def test_cashback_of_the_31st_ends_with_the_shorter_month():
    ends_at = DEFAULTS.cashback_ends(date(2027, 7, 31), [HYGIENE], ZONE)
    assert last_day(ends_at, ZONE) == date(2028, 2, 29)


def test_a_category_may_live_longer_than_the_rest():
    programme = replace(DEFAULTS, cashback_months=((IMPLANTS, 24),))
    ends_at = programme.cashback_ends(DAY, [THERAPY, IMPLANTS], ZONE)
    assert last_day(ends_at, ZONE) == date(2028, 11, 21)


@pytest.mark.parametrize(
    ("category", "interval"),
    [
        (HYGIENE, Interval(months=6)),
        (Category.CHILDREN, Interval(months=4)),
        (IMPLANTS, Interval(months=6)),
        (Category.PROSTHETICS, Interval(months=6)),
        (SURGERY, Interval(days=7)),
        (THERAPY, None),
        (Category.OTHER, None),
        (None, None),
    ],
)
def test_recalls_follow_the_category(category, interval):
    assert DEFAULTS.recall_for(category) == interval


def test_hygiene_without_validity_of_its_own_has_none_to_show():
    assert DEFAULTS.hygiene_months == 7
    assert changed(DEFAULTS, "months-hygiene", None).hygiene_months == 0


# --- how they are kept -----------------------------------------------------------------------


def through_json(programme):
    return from_stored(json.loads(json.dumps(to_stored(programme))))


def test_a_version_comes_back_as_it_was_kept():
    programme = replace(
        DEFAULTS,
        tiers=(Tier("standard", 300, 0), Tier("gold", 700, 1)),
        rates=((HYGIENE, 0), (IMPLANTS, 500)),
        caps=((SURGERY, 0),),
        excluded=(SURGERY, IMPLANTS),
        cashback_months=(),
        recall_days=((SURGERY, 10),),
        welcome=0,
    )
    assert through_json(programme) == programme
    assert through_json(DEFAULTS) == DEFAULTS


@given(st.data())
def test_whatever_an_owner_changes_comes_back(data):
    programme = DEFAULTS
    for one in data.draw(st.lists(numbers, max_size=8)):
        given_value = data.draw(st.integers(one.lowest, one.highest) | st.just(one.highest))
        try:
            programme = changed(programme, one.key, given_value)
        except (GiveawayError, TiersError, NoticesError):
            continue
        assert value(programme, one.key) == given_value
    check(programme)
    assert through_json(programme) == programme


def test_a_version_of_another_time_is_still_read():
    kept = {
        "welcome": 700,
        "coffee": 3,
        "rates": {"implants": 500, "astrology": 1},
        "excluded": ["astrology", "surgery"],
    }
    assert from_stored(kept) == replace(
        DEFAULTS, welcome=700, rates=((IMPLANTS, 500),), excluded=(SURGERY,)
    )
    assert from_stored({}) == DEFAULTS


# --- what an owner sees ----------------------------------------------------------------------


def test_every_number_stands_in_the_list_once():
    keys = [one.key for one in NUMBERS]
    assert len(keys) == len(set(keys))
    assert {one.field for one in NUMBERS} >= to_stored(DEFAULTS).keys() - {"tiers"}


def test_the_groups_stand_in_their_order_and_unbroken():
    groups = list(dict.fromkeys(one.group for one in NUMBERS))
    assert groups == list(Group)
    assert [one.group for one in NUMBERS] == sorted(
        (one.group for one in NUMBERS), key=groups.index
    )


def test_the_defaults_are_within_their_own_ranges():
    check(DEFAULTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_and_group_has_its_words(language):
    texts = texts_in(language)
    keys = [(f"number-{one.text}", f"number-{one.text}-about") for one in NUMBERS]
    for key in [*chain.from_iterable(keys), *(f"number-group-{group}" for group in Group)]:
        assert texts.plain(key)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("welcome", 1000),
        ("rate-gold", 1500),
        ("threshold-silver", 100_000_00),
        ("cap", 3000),
        ("cap-implants", None),
        ("months-hygiene", 7),
        ("excluded-implants", 0),
        ("recall-surgery", 7),
        ("recall-therapy", None),
        ("max-giveaway", 2500),
    ],
)
def test_a_number_is_shown_as_it_stands(key, shown):
    assert value(DEFAULTS, key) == shown


def test_numbers_of_a_category_share_their_words():
    assert number("cap-implants").text == number("cap-surgery").text == "cap-category"
    assert number("cap-implants").category is IMPLANTS
    assert number("cap").text == "cap"
    assert number("cap").category is None


@pytest.mark.parametrize("key", ["", "tiers", "coffee", "threshold-standard"])
def test_a_button_older_than_the_list_is_refused(key):
    for ask in (lambda: value(DEFAULTS, key), lambda: parse(key, "1"), lambda: number(key)):
        with pytest.raises(UnknownNumberError):
            ask()


# --- what an owner changes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "given_value", "version"),
    [
        ("welcome", 500, {"welcome": 500}),
        ("cap-implants", 0, {"caps": ((IMPLANTS, 0),)}),
        ("rate-implants", 500, {"rates": ((IMPLANTS, 500),)}),
        ("excluded-surgery", 1, {"excluded": (SURGERY,)}),
        ("months-hygiene", None, {"cashback_months": ()}),
        ("recall-surgery", 10, {"recall_days": ((SURGERY, 10),)}),
    ],
)
def test_a_change_is_a_new_version_that_differs_in_one_number(key, given_value, version):
    assert changed(DEFAULTS, key, given_value) == replace(DEFAULTS, **version)


def test_a_tier_is_changed_by_its_name():
    programme = changed(changed(DEFAULTS, "rate-silver", 700), "threshold-gold", 200_000_00)
    assert programme.tiers == (
        Tier("standard", 500, 0),
        Tier("silver", 700, 100_000_00),
        Tier("gold", 1500, 200_000_00),
    )


def test_what_an_owner_takes_away_is_as_it_was_before():
    for key, given_value in [("cap-implants", 0), ("rate-other", 0), ("recall-therapy", 3)]:
        assert changed(changed(DEFAULTS, key, given_value), key, None) == DEFAULTS
    assert changed(changed(DEFAULTS, "excluded-other", 1), "excluded-other", 0) == DEFAULTS


@pytest.mark.parametrize("key", ["welcome", "rate-gold", "cap", "excluded-other"])
def test_a_general_number_can_not_be_taken_away(key):
    with pytest.raises(Refusal):
        changed(DEFAULTS, key, None)


@given(numbers, st.integers())
def test_nothing_outside_its_range_is_taken(one, given_value):
    if not one.lowest <= given_value <= one.highest:
        with pytest.raises(Refusal):
            changed(DEFAULTS, one.key, given_value)


@pytest.mark.parametrize(
    ("key", "given_value"),
    [
        ("threshold-silver", 300_000_00),  # no lower than gold's
        ("threshold-gold", 100_000_00),
        ("rate-silver", 400),  # less than the tier below
        ("rate-gold", 900),
    ],
)
def test_tiers_stay_in_order(key, given_value):
    with pytest.raises(TiersError):
        changed(DEFAULTS, key, given_value)


def test_the_first_tier_begins_from_nothing():
    tiers = replace(DEFAULTS.tiers[0], threshold=1), *DEFAULTS.tiers[1:]
    with pytest.raises(TiersError):
        check(replace(DEFAULTS, tiers=tiers))


def test_the_notices_stay_in_order():
    with pytest.raises(NoticesError):
        changed(DEFAULTS, "notice-first-days", 10)
    with pytest.raises(NoticesError):
        changed(DEFAULTS, "notice-last-days", 30)


# --- the giveaway ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "given_value", "given_away"),
    [
        ("rate-gold", 2001, "25.01"),
        ("referral", 1050, "25.5"),
        ("rate-implants", 2100, "26"),
        ("max-giveaway", 1900, "20"),
        ("rate-gold", 5000, "42.86"),  # the cap lets no more than 30 ÷ 70 through
    ],
)
def test_a_programme_that_gives_away_too_much_is_refused(key, given_value, given_away):
    with pytest.raises(GiveawayError) as refused:
        changed(DEFAULTS, key, given_value)
    limit = "19" if key == "max-giveaway" else "25"
    assert refused.value.arguments == {"given": given_away, "limit": limit}


@pytest.mark.parametrize(
    ("key", "given_value"), [("rate-gold", 2000), ("referral", 1000), ("max-giveaway", 2000)]
)
def test_what_gives_away_just_the_limit_is_taken(key, given_value):
    assert value(changed(DEFAULTS, key, given_value), key) == given_value


def test_a_low_cap_lets_any_rate_be():
    """20 ÷ 80 is the limit of 25 % to the point."""
    low = changed(DEFAULTS, "cap", 2000)
    assert value(changed(low, "rate-gold", 5000), "rate-gold") == 5000
    with pytest.raises(GiveawayError):
        changed(changed(low, "rate-gold", 5000), "cap", 2001)
    with pytest.raises(GiveawayError):
        changed(changed(low, "rate-gold", 5000), "cap-implants", 2001)


@pytest.mark.parametrize("key", ["cap", "cap-implants"])
def test_a_bill_is_never_paid_by_points_alone(key):
    with pytest.raises(NotAPercentError) as refused:
        changed(DEFAULTS, key, 10_000)
    assert refused.value.arguments == {"lowest": 0, "highest": 99}


percents = st.integers(0, 5000)


@given(
    st.lists(percents, min_size=3, max_size=3).map(sorted),
    *(percents, st.integers(0, 9900), st.integers(100, 5000)),
    *(st.none() | percents, st.none() | st.integers(0, 9900)),
)
def test_the_giveaway_is_that_of_the_naive_one(rates, referral, cap, limit, own_rate, own_cap):
    programme = Programme(
        tiers=tuple(replace(t, rate=r) for t, r in zip(DEFAULTS.tiers, rates, strict=True)),
        referral=referral,
        cap=cap,
        max_giveaway=limit,
        rates=() if own_rate is None else ((IMPLANTS, own_rate),),
        caps=() if own_cap is None else ((SURGERY, own_cap),),
    )
    earned = Fraction(max(*rates, own_rate or 0) + referral, 10_000)
    share = Fraction(max(cap, own_cap or 0), 10_000)
    if min(earned, share / (1 - share)) > Fraction(limit, 10_000):
        with pytest.raises(GiveawayError):
            check(programme)
    else:
        check(programme)


# --- what an owner types ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("cap", "30", 3000),
        ("cap", "30 %", 3000),
        ("cap", "30%", 3000),
        ("cap", f"30{NO_BREAK}%", 3000),
        ("cap", "7,5", 750),
        ("cap", "7.5 %", 750),
        ("cap", "7,25", 725),
        ("cap", "0", 0),
        ("cap", "99", 9900),
        ("welcome", "1500", 1500),
        ("welcome", "1 500", 1500),
        ("welcome", f"1{NO_BREAK}500", 1500),
        ("welcome", f"1{THIN}500", 1500),
        ("welcome", f" 1{NARROW}500\n", 1500),
        ("welcome", "007", 7),
        ("threshold-gold", "100 000 ₽", 100_000_00),
        ("threshold-gold", "100000₽", 100_000_00),
        ("threshold-gold", "1 000 000", 1_000_000_00),
        ("threshold-gold", "999,90", 999_90),
        ("threshold-gold", "999.9", 999_90),
        ("cashback-days", "365", 365),
        ("recall-surgery", "7", 7),
        ("recall-hygiene", "6", 6),
        ("excluded-implants", "1", 1),
        ("excluded-implants", "0", 0),
    ],
)
def test_a_number_is_read_as_people_type_it(key, typed, read):
    assert parse(key, typed) == read


@pytest.mark.parametrize(
    ("key", "typed", "refusal"),
    [
        *(
            ("cap", typed, NotAPercentError)
            for typed in ["", "много", "-5", "−5", "100", "99,01", "7,555", "1e1", "7,5,5", "30 ₽"]
        ),
        *(("cap", typed, NotAPercentError) for typed in ["٣٠", "３０", "30 %%", "½", "30 40"]),
        *(
            ("welcome", typed, NotWholePointsError)
            for typed in ["1,5", "1.500", "1 50", "1 5000", "5к", "5 тыс", "500 %", "10 001", "5,"]
        ),
        *(
            ("threshold-gold", typed, NotRublesError)
            for typed in ["100.000", "100,000", "100 000 $", "100к", "0", "0,99", "10 000 000,01"]
        ),
        ("threshold-gold", "9" * 4000, NotRublesError),
        ("cashback-days", "12,5", NotDaysError),
        ("cashback-days", "29", NotDaysError),
        ("recall-hygiene", "7 дней", NotMonthsError),
        ("recall-hygiene", "0", NotMonthsError),
        ("excluded-implants", "2", NotASwitchError),
        ("excluded-implants", "да", NotASwitchError),
    ],
)
def test_what_can_not_be_read_with_certainty_is_refused(key, typed, refusal):
    with pytest.raises(refusal):
        parse(key, typed)


@pytest.mark.parametrize(
    ("key", "lowest", "highest"),
    [("cap", 0, 99), ("threshold-gold", 1, 10_000_000), ("welcome", 0, 10_000)],
)
def test_the_refusal_names_the_range_in_the_unit_that_is_typed(key, lowest, highest):
    with pytest.raises(Refusal) as refused:
        parse(key, "?")
    assert refused.value.arguments == {"lowest": lowest, "highest": highest}


@given(numbers, st.data(), st.sampled_from(["", " ", NO_BREAK, THIN]), st.sampled_from(".,"))
def test_what_is_written_by_the_unit_is_read_back(one, data, space, point):
    kept = data.draw(st.integers(one.lowest, one.highest))
    whole, hundredths = divmod(kept, one.unit.scale)
    typed = f"{whole:,}".replace(",", space)
    if one.unit in {Unit.PERCENT, Unit.RUBLES}:
        typed += f"{point}{hundredths:02}"
    assert parse(one.key, typed) == kept


@given(numbers, st.text())
def test_any_text_is_a_number_in_its_range_or_a_refusal(one, typed):
    try:
        read = parse(one.key, typed)
    except Refusal:
        return
    assert one.lowest <= read <= one.highest
