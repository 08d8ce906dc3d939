"""The arithmetic of a visit, against a second and naive implementation and by hand."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loyalty.categories import Category
from loyalty.counting import Part, TooManyPointsError, count, most_points
from loyalty.programme import DEFAULTS, Programme, Tier

IMPLANTS, HYGIENE, THERAPY = Category.IMPLANTS, Category.HYGIENE, Category.THERAPY
FLAT_IMPLANTS = replace(DEFAULTS, rates=((IMPLANTS, 500),))
GOLD = 300_000_00

# --- strategies ------------------------------------------------------------------------------

rates = st.integers(0, 5000)
caps = st.integers(0, 9900)


def by_category(numbers):
    return st.dictionaries(st.sampled_from(Category), numbers).map(lambda d: tuple(d.items()))


@st.composite
def ladders(draw):
    thresholds = sorted(draw(st.sets(st.integers(1, 10**9), max_size=4)))
    return tuple(Tier(f"t{n}", draw(rates), money) for n, money in enumerate([0, *thresholds]))


programmes = st.builds(
    Programme,
    tiers=ladders(),
    rates=by_category(rates),
    cap=caps,
    caps=by_category(caps),
    excluded=st.lists(st.sampled_from(Category), max_size=3, unique=True).map(tuple),
    referral=rates,
)
sums = st.one_of(
    st.integers(0, 300),  # kopecks, where every rounding shows
    st.integers(0, 10**9),
    st.integers(0, 300_000).map(lambda rubles: rubles * 100),
)
visits = st.lists(
    st.builds(Part, sums, st.none() | st.sampled_from(Category), st.booleans()), max_size=6
)
paid = st.integers(0, 2 * 10**9)
wallets = st.integers(0, 10**6)


# --- the naive one: roubles and shares as fractions, rounded where the law says -----------------


def naive_open(programme, parts):
    """Lines that earn and accept: (place, roubles, cap, category)."""
    return [
        (place, Fraction(part.sum, 100), naive_cap(programme, part.category), part.category)
        for place, part in enumerate(parts)
        if not part.excluded and part.category not in programme.excluded
    ]


def naive_cap(programme, category):
    return Fraction(dict(programme.caps).get(category, programme.cap), 10_000)


def naive_rate(programme, cash_paid, category):
    reached = max(
        (t for t in programme.tiers if t.threshold <= cash_paid), key=lambda t: t.threshold
    )
    return Fraction(dict(programme.rates).get(category, reached.rate), 10_000)


def naive_most(programme, parts, available):
    accepted = sum(cap * rubles for _, rubles, cap, _ in naive_open(programme, parts))
    return min(available, floor(accepted))


def naive_shares(programme, parts, points):
    lines = naive_open(programme, parts)
    shares = [0] * len(parts)
    accepted = sum(cap * rubles for _, rubles, cap, _ in lines)
    if not points:
        return shares
    for place, rubles, cap, _ in lines:
        shares[place] = floor(points * cap * rubles / accepted)
    largest = max(cap * rubles for _, rubles, cap, _ in lines)
    heavy = next(place for place, rubles, cap, _ in lines if cap * rubles == largest)
    shares[heavy] += points - sum(shares)
    return shares


def naive_earned(programme, parts, points, cash_paid):
    shares = naive_shares(programme, parts, points)
    return sum(
        naive_rate(programme, cash_paid, category) * (rubles - shares[place])
        for place, rubles, _, category in naive_open(programme, parts)
    )


# --- properties ------------------------------------------------------------------------------


@given(programmes, visits, wallets, paid, st.data())
def test_the_count_is_that_of_the_naive_one(programme, parts, available, cash_paid, data):
    most = naive_most(programme, parts, available)
    assert most_points(programme, parts, available) == most
    points = data.draw(st.integers(0, most) | st.just(most))
    counted = count(programme, parts, points=points, available=available, cash_paid=cash_paid)
    base = sum(rubles for _, rubles, _, _ in naive_open(programme, parts)) - points
    assert counted.max_points == most
    assert counted.shares == tuple(naive_shares(programme, parts, points))
    assert Fraction(counted.earn_base, 100) == base
    assert counted.earned == max(0, floor(naive_earned(programme, parts, points, cash_paid)))
    assert counted.reward == floor(Fraction(programme.referral, 10_000) * base)


@given(programmes, visits, wallets, paid, st.data())
def test_what_always_holds(programme, parts, available, cash_paid, data):
    most = most_points(programme, parts, available)
    points = data.draw(st.integers(0, most))
    counted = count(programme, parts, points=points, available=available, cash_paid=cash_paid)
    assert counted.bill == sum(part.sum for part in parts)
    assert counted.cash == counted.bill - 100 * points >= counted.excluded
    assert sum(counted.shares) == counted.points == points <= available
    assert counted.earned >= 0
    assert all(type(number) is int for number in counted.shares)
    for part, share in zip(parts, counted.shares, strict=True):
        closed = part.excluded or programme.is_excluded(part.category)
        assert share >= 0
        assert not (share and (closed or not programme.cap_for(part.category)))


@given(programmes.map(lambda programme: replace(programme, rates=())), visits, paid, st.data())
def test_without_rates_of_categories_the_law_is_one_line(programme, parts, cash_paid, data):
    """earned = rate × earn_base div 1 000 000, whatever the lines."""
    most = most_points(programme, parts, 10**9)
    points = data.draw(st.integers(0, most))
    counted = count(programme, parts, points=points, available=10**9, cash_paid=cash_paid)
    assert counted.earned == counted.rate * counted.earn_base // 1_000_000


@given(programmes, visits, wallets, st.integers())
def test_points_outside_what_the_visit_takes_are_refused(programme, parts, available, points):
    most = most_points(programme, parts, available)
    assume(not 0 <= points <= most)
    with pytest.raises(TooManyPointsError) as refused:
        count(programme, parts, points=points, available=available, cash_paid=0)
    assert refused.value.arguments == {"most": most}


# --- by hand ---------------------------------------------------------------------------------


def counted(programme, *parts, points=0, available=10**6, cash_paid=0, **switches):
    return count(
        programme, parts, points=points, available=available, cash_paid=cash_paid, **switches
    )


def test_the_visit_of_the_model_texts():
    visit = counted(DEFAULTS, Part(12_400_00, HYGIENE), points=1000, available=1000)
    assert (visit.bill, visit.cash, visit.earned, visit.rate) == (12_400_00, 11_400_00, 570, 500)
    assert visit.max_points == 1000
    assert visit.reward == 570
    assert visit.shares == (1000,)
    assert most_points(DEFAULTS, [Part(12_400_00)], 10**6) == 3720


@pytest.mark.parametrize(
    ("bill", "most"),
    [(0, 0), (3_33, 0), (3_34, 1), (6_66, 1), (6_67, 2), (100_00, 30), (12_399_99, 3719)],
)
def test_the_cap_is_rounded_down_to_whole_points(bill, most):
    assert most_points(DEFAULTS, [Part(bill)], 10**6) == most


def test_the_cap_is_rounded_once_for_all_lines():
    assert most_points(DEFAULTS, [Part(3_33)] * 3, 10**6) == 2


@pytest.mark.parametrize("available", [0, -5])
def test_an_empty_wallet_pays_nothing(available):
    assert most_points(DEFAULTS, [Part(12_400_00)], available) == 0


@pytest.mark.parametrize(("points", "accepted"), [(-1, False), (0, True), (30, True), (31, False)])
def test_the_edges_of_what_a_visit_takes(points, accepted):
    if accepted:
        assert counted(DEFAULTS, Part(100_00), points=points).points == points
    else:
        with pytest.raises(TooManyPointsError):
            counted(DEFAULTS, Part(100_00), points=points)


@pytest.mark.parametrize(("bill", "earned"), [(19_99, 0), (20_00, 1), (39_99, 1), (40_00, 2)])
def test_what_is_earned_is_rounded_down(bill, earned):
    assert counted(DEFAULTS, Part(bill)).earned == earned


def test_what_is_earned_is_rounded_once_for_all_lines():
    visit = counted(FLAT_IMPLANTS, Part(10_00, IMPLANTS), Part(10_00, THERAPY))
    assert visit.earned == 1


def test_the_visit_that_crosses_a_threshold_earns_at_the_old_rate():
    assert counted(DEFAULTS, Part(100_000_00), cash_paid=99_999_99).earned == 5000
    assert counted(DEFAULTS, Part(100_000_00), cash_paid=100_000_00).earned == 10_000
    assert counted(DEFAULTS, Part(100_000_00), cash_paid=GOLD).earned == 15_000


def test_excluded_lines_neither_earn_nor_accept():
    visit = counted(DEFAULTS, Part(10_000_00), Part(5_000_00, excluded=True), points=3000)
    assert (visit.bill, visit.excluded, visit.max_points) == (15_000_00, 5_000_00, 3000)
    assert (visit.cash, visit.earn_base, visit.earned) == (12_000_00, 7_000_00, 350)
    assert visit.shares == (3000, 0)
    with pytest.raises(TooManyPointsError):
        counted(DEFAULTS, Part(10_000_00), Part(5_000_00, excluded=True), points=3001)


def test_a_category_may_be_excluded_by_the_programme():
    programme = replace(DEFAULTS, excluded=(Category.ORTHODONTICS,))
    visit = counted(programme, Part(8_000_00, Category.ORTHODONTICS))
    assert (visit.excluded, visit.max_points, visit.earned, visit.reward) == (8_000_00, 0, 0, 0)
    assert visit.cash == 8_000_00


def test_implants_may_earn_a_flat_rate():
    """Points are spread by cap × sum: 3 000 of 12 000 to implants' 40 000 and therapy's 20 000."""
    visit = counted(
        FLAT_IMPLANTS,
        *(Part(40_000_00, IMPLANTS), Part(20_000_00, THERAPY)),
        points=3000,
        cash_paid=GOLD,
    )
    assert visit.shares == (2000, 1000)
    assert visit.earned == 38_000 * 5 // 100 + 19_000 * 15 // 100
    assert visit.reward == 57_000 * 5 // 100


def test_a_cap_of_nothing_leaves_the_points_to_the_other_lines():
    programme = replace(FLAT_IMPLANTS, caps=((IMPLANTS, 0),))
    parts = Part(40_000_00, IMPLANTS), Part(20_000_00, THERAPY)
    visit = counted(programme, *parts, points=6000, cash_paid=GOLD)
    assert (visit.max_points, visit.shares) == (6000, (0, 6000))
    assert visit.earned == 40_000 * 5 // 100 + 14_000 * 15 // 100
    assert most_points(programme, [Part(40_000_00, IMPLANTS)], 10**6) == 0


def test_what_whole_points_leave_over_goes_to_the_heaviest_line_the_first_of_equals():
    equal = counted(DEFAULTS, Part(50_00), Part(50_00), Part(50_00), points=11)
    assert equal.shares == (5, 3, 3)
    heavy = counted(DEFAULTS, Part(50_00), Part(70_00), Part(70_00), points=10)
    assert heavy.shares == (2, 5, 3)


def test_a_left_over_point_larger_than_its_line_takes_nothing_back():
    programme = Programme(cap=9000, rates=((IMPLANTS, 5000),), tiers=(Tier("standard", 0, 0),))
    visit = counted(programme, Part(1_50, IMPLANTS), Part(1_50), Part(1_50), points=4)
    assert visit.shares == (2, 1, 1)
    assert visit.earned == 0


def test_an_advance_earns_and_takes_nothing():
    visit = counted(DEFAULTS, Part(60_000_00), takes=False)
    assert (visit.max_points, visit.earned, visit.cash) == (0, 3000, 60_000_00)
    with pytest.raises(TooManyPointsError) as refused:
        counted(DEFAULTS, Part(60_000_00), points=1, takes=False)
    assert refused.value.arguments == {"most": 0}


def test_who_earns_nothing_still_pays():
    visit = counted(DEFAULTS, Part(10_000_00), points=100, earns=False)
    assert (visit.cash, visit.earn_base, visit.earned, visit.reward) == (9_900_00, 0, 0, 0)


@pytest.mark.parametrize("parts", [(), (Part(0),)])
def test_an_attendance_without_payment_counts_as_nothing(parts):
    visit = counted(DEFAULTS, *parts)
    assert (visit.bill, visit.max_points, visit.cash, visit.earned, visit.reward) == (0,) * 5
    assert visit.shares == (0,) * len(parts)


def test_a_line_is_never_negative():
    with pytest.raises(ValueError, match="-1"):
        Part(-1)
