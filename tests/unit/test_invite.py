"""The workbook of invitations: every SMS is one, every link whole, no cell a formula."""

import re
import subprocess
import sys
import zipfile
from io import BytesIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.inviting import Invited
from loyalty.signboard import Signboard
from screens import invite, workbook
from screens.texts import LANGUAGES, texts_in
from tests.house.sources import HOUSE
from tests.support.papers import rows_of

RU = texts_in("ru")
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", ZoneInfo("Europe/Moscow"))
PHONE = "+79123456789"
CODE = "i_Ab-9_xYz01Qw"  # as long as they are
LONGEST = "S" * 29 + "Bot"
MEGABYTE = 1024


def link(username: str) -> str:
    return f"https://t.me/{username}?start={CODE}"


def opened(*invited: Invited, username: str = "UlybkaMolarBot"):
    return rows_of(invite.drawn_up(RU, RU, invited, BOARD, username))


@given(
    st.sampled_from(LANGUAGES),
    st.text(min_size=1, max_size=80),
    st.text("abcdefghijklmnopqrstuvwxyz_", min_size=5, max_size=32),
)
def test_whatever_clinic_and_bot_are_called_it_is_one_sms_with_the_whole_link(
    language, clinic, username
):
    words = invite.sms(texts_in(language), clinic, link(username))
    assert words is not None
    assert len(words.encode("utf-16-le")) // 2 <= 70
    assert words.endswith(f" {link(username)}")


@pytest.mark.parametrize(
    ("username", "begins"),
    [
        ("Abot1", "Улыбка: ваши баллы и визиты "),
        ("Ulybka_bot", "Улыбка: ваши баллы "),
        ("UlybkaMolarBot", "Улыбка: ваши баллы "),
        ("UlybkaMolarKazanBot", "Ваши баллы: "),
        ("S" * 24 + "Bot", "Баллы: "),
        (LONGEST, "Вам "),
    ],
)
def test_words_give_way_to_the_link(username, begins):
    assert invite.sms(RU, "Улыбка", link(username)) == begins + link(username)


def test_a_picture_in_the_clinics_name_counts_twice():
    assert invite.units("🦷") == 2


def test_a_link_that_is_too_long_by_itself_is_said_so():
    (_, row) = opened(Invited(1, "Мария", PHONE, "i_" + "x" * 32), username=LONGEST)
    assert row[3] == ""
    assert "двумя SMS" in row[5]


def test_a_row_has_all_that_is_needed():
    head, row = opened(Invited(1, "Мария Петрова", PHONE, CODE))
    assert head == ["Имя", "Телефон", "Личная ссылка", "Текст SMS", "Знаков", "Примечание"]
    sms = f"Улыбка: ваши баллы {link('UlybkaMolarBot')}"
    assert row == ["Мария Петрова", PHONE, link("UlybkaMolarBot"), sms, float(len(sms)), ""]


@pytest.mark.parametrize("name", ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"])
def test_a_name_is_never_a_formula(name):
    made = invite.drawn_up(RU, RU, [Invited(1, name, PHONE, CODE)], BOARD, "UlybkaMolarBot")
    assert rows_of(made)[1][0] == f"'{name}"
    with zipfile.ZipFile(BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles


def test_a_family_with_one_phone_is_one_row_that_names_the_others():
    (_, row) = opened(Invited(1, "Мария", PHONE, CODE, ["Петя", "=1+1"]))
    assert row[0] == "Мария"
    assert row[5] == "На этом номере ещё: Петя, =1+1."


def test_ten_thousand_patients_are_no_weight(monkeypatch):
    """Its own process says how much it took: a parent's memory counts as a child's otherwise."""
    weighed = "import runpy,sys;runpy.run_path(sys.argv[1],run_name='__main__');"
    weighed += "print(open('/proc/self/status').read(),file=sys.stderr)"
    said = []

    def run(command, **more):
        python, isolated, file = command
        done = subprocess.run(
            [python, isolated, "-c", weighed, file], stderr=subprocess.PIPE, **more
        )
        said.append(done.stderr.decode())
        return done

    monkeypatch.setattr(workbook, "subprocess", SimpleNamespace(run=run, PIPE=subprocess.PIPE))
    many = [Invited(n, "Мария Петрова", f"+7912{n:07}", CODE) for n in range(10_000)]
    rows = rows_of(invite.drawn_up(RU, RU, many, BOARD, "UlybkaMolarBot"))
    assert len(rows) == 10_001
    assert rows[-1][1] == "+79120009999"
    assert int(re.search(r"VmHWM:\s+(\d+) kB", said[0])[1]) < 120 * MEGABYTE


def test_the_bot_itself_loads_no_maker_of_workbooks():
    asks = "import handlers.owner.invite, sys; print('xlsxwriter' in sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", asks], cwd=HOUSE, check=True, capture_output=True, text=True
    )
    assert asked.stdout.strip() == "False"
