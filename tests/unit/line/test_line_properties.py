"""Whatever is typed: what is written comes back, and no sum silently becomes another."""

from contextlib import suppress
from datetime import date, time, timedelta
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loyalty.categories import Category
from loyalty.errors import Refusal
from loyalty.line.line import (
    MOST,
    Appointment,
    JustWho,
    Part,
    Prefill,
    Visit,
    Who,
    looks_like_a_line,
    read,
    write,
)
from loyalty.recalls import Interval

TODAY = date(2026, 11, 21)
DOCTORS = ("Петрова", "Иванов", "Иванова Анна", "Сидоренко И.И.", "Kim")
MOST_KOPECKS = 10_000_000 * 100

codes = st.text("0123456789", min_size=4, max_size=4)
whos = codes.map(lambda code: Who(code=code)) | st.integers(0, 999_999_999).map(
    lambda rest: Who(phone=f"+79{rest:09}")
)
doctors = st.none() | st.sampled_from([*DOCTORS, "Кузнецова", "Ольга Кузнецова", "О'Нил"])
categories = st.none() | st.sampled_from(Category)
recalls = st.integers(1, 60).map(lambda n: Interval(months=n)) | st.integers(1, 999).map(
    lambda n: Interval(days=n)
)
sums = st.integers(1, MOST_KOPECKS // 6) | st.integers(1, 100_000).map(lambda n: n * 100)


@st.composite
def visits(draw):
    parts = tuple(
        Part(kopecks, draw(categories), draw(doctors))
        for kopecks in draw(st.lists(sums, min_size=1, max_size=4))
    )
    advance = draw(st.booleans())
    most = sum(part.sum for part in parts) // 100
    points = draw(st.none() | st.just(0) | st.just(MOST) | st.integers(0, most))
    return Visit(
        draw(whos),
        parts,
        0 if advance and points else points,
        draw(st.none() | recalls),
        draw(st.none() | st.integers(0, 60).map(lambda n: TODAY - timedelta(days=n))),
        advance,
    )


unpaid = st.builds(
    lambda who, category, doctor, recall: Visit(who, (Part(0, category, doctor),), None, recall),
    *(whos, categories, doctors, st.none() | recalls),
)
appointments = st.builds(
    Appointment,
    whos,
    st.integers(0, 400).map(lambda n: TODAY + timedelta(days=n)),
    st.times().map(lambda at: time(at.hour, at.minute)),
    doctors,
)
prefills = st.builds(Prefill, whos, recalls, categories, doctors)
readings = visits() | unpaid | appointments | prefills | st.builds(JustWho, whos)


@given(readings)
def test_what_is_written_is_read_again(reading):
    assert read(write(reading), TODAY, DOCTORS) == (reading,)


# --- as people write ---------------------------------------------------------------------------

SPACES = ["\u00a0", "\u2009", "\u202f", " "]


@st.composite
def typed_sums(draw):
    """Kopecks, and one of the many ways to type them."""
    kopecks = draw(sums)
    rubles, rest = divmod(kopecks, 100)
    groups = draw(st.sampled_from(["", "", "'", "’", *SPACES, ".", ","]))
    point = draw(st.sampled_from([mark for mark in ",." if mark != groups]))
    typed = f"{rubles:,}".replace(",", groups)
    if not rest and rubles % 100 == 0 and draw(st.booleans()):
        typed = f"{rubles / 1000:g}".replace(".", point) if rubles < 1_000_000 else typed
        suffix = "к" if rubles < 1_000_000 else ""
        return kopecks, typed + suffix
    if rest:
        typed += f"{point}{rest:02}"
    currency = draw(st.sampled_from(["", "", "₽", " ₽", "р", " р.", " руб", "руб.", " rub"]))
    return kopecks, typed + currency


@st.composite
def typed_visits(draw):
    who = draw(codes)
    kopecks, money = draw(typed_sums())
    words = draw(
        st.lists(st.sampled_from(["гиг", "Петрова", "6м", "вчера"]), unique=True, max_size=4)
    )
    before = draw(st.integers(0, len(words)))
    most = draw(st.sampled_from(["", "макс", "500б"])) if kopecks >= 50_000 else ""
    pieces = [who, *words[:before], money, most, *words[before:]]
    visit = Visit(
        Who(code=who),
        (
            Part(
                kopecks,
                Category.HYGIENE if "гиг" in words else None,
                "Петрова" if "Петрова" in words else None,
            ),
        ),
        {"": None, "макс": MOST, "500б": 500}[most],
        Interval(months=6) if "6м" in words else None,
        TODAY - timedelta(days=1) if "вчера" in words else None,
    )
    space = draw(st.sampled_from([" ", "  ", "\u00a0"]))
    return visit, space.join(filter(None, pieces))


@given(typed_visits())
def test_what_people_type_is_never_taken_for_another_sum_alone(typed):
    visit, line = typed
    assert visit in read(line, TODAY, DOCTORS)


@given(codes, st.lists(typed_sums(), min_size=2, max_size=3))
def test_sums_of_several_parts_are_kept_apart(code, typed):
    assume(sum(kopecks for kopecks, _ in typed) <= MOST_KOPECKS)
    line = f"{code} {' + '.join(money for _, money in typed)}"
    visit = Visit(Who(code=code), tuple(Part(kopecks) for kopecks, _ in typed))
    assert visit in read(line, TODAY, DOCTORS)


@given(
    st.integers(0, 999_999_999).map(lambda rest: f"9{rest:09}"),
    st.sampled_from(["+7", "8", "7", ""]),
    st.sampled_from(["{} {} {} {}", "({}) {}-{}-{}", " {} {}-{}-{}", "-{}-{}-{}-{}", "{}{}{}{}"]),
    typed_sums(),
)
def test_a_phone_ends_where_its_sum_begins(digits, prefix, form, typed):
    assume(prefix or not form.startswith("-"))
    kopecks, money = typed
    phone = prefix + form.format(digits[:3], digits[3:6], digits[6:8], digits[8:])
    visit = Visit(Who(phone=f"+7{digits}"), (Part(kopecks),))
    assert visit in read(f"{phone} {money}", TODAY, DOCTORS)


# --- whatever comes ----------------------------------------------------------------------------

scraps = st.lists(
    st.sampled_from(
        [
            *("4821", "0", "12", "400", "12 400", "1,500", "12.11", "15:30", "+7", "8", "912"),
            *("+", "-", ",", ".", "(", ")", "\n", " ", "\u200b", "½", "²", "٣", "４", "'", "/"),
            *("к", "р", "б", "м", "д", "руб", "макс", "гиг", "Петрова", "иван", "запись", "в"),
            *("аванс", "вчера", "год", "12 ноября", "без", "списания", "минус", "ы", "😀", "p"),
        ]
    ),
    max_size=40,
)


@given(st.text() | scraps.map(" ".join) | scraps.map("".join))
@example("4821 " + "\ud800")
@example("+" * 50)
@example("4821 " + "9" * 290)
def test_whatever_is_typed_is_read_or_refused(text):
    assert looks_like_a_line(text) in {True, False}
    try:
        found = read(text, TODAY, DOCTORS)
    except Refusal:
        return
    assert found
    for reading in found:
        assert reading in read(write(reading), TODAY, DOCTORS)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "4821 " + scrap * (4096 // len(scrap))
            for scrap in ("1 ", "1,", "а", "а-", "+7 ", "1.1")
        ),
        *("4821 " + scrap * 28 for scrap in ("1 ", "1,500 ", "400 ", "+7 9 ", "абв ", "12.11 ")),
        "4821 " + "+ 1 000 " * 14,
        "4821 " + "Иванова Петрова " * 14,
        "а" * 295,
        "8 " * 58,
        "4821 " + "(" * 290,
        "4821 " + "1'" * 145,
    ],
)
def test_no_line_takes_long(line):
    def once():
        start = process_time()
        with suppress(Refusal):
            read(line, TODAY, DOCTORS)
        looks_like_a_line(line)
        return process_time() - start

    assert min(once() for _ in range(3)) < 0.05
