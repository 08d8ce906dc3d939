import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FileClock, SystemClock, clock_from
from bot.settings import load_settings


def is_now_plus(moment: datetime, **offset) -> bool:
    assert moment.tzinfo is UTC
    return abs(moment - datetime.now(UTC) - timedelta(**offset)) < timedelta(seconds=30)


def test_the_system_clock_speaks_utc():
    assert is_now_plus(SystemClock().now())


def test_the_offset_in_the_file_is_followed_as_it_changes(tmp_path):
    file = tmp_path / "clock"
    clock = FileClock(file)
    assert is_now_plus(clock.now())
    file.write_text("3600\n")
    assert is_now_plus(clock.now(), hours=1)
    file.write_text("-86400.5")
    assert is_now_plus(clock.now(), days=-1)


@pytest.mark.parametrize("garbage", ["", "tomorrow", "nan", "inf", "1e300", "час", "\x00"])
def test_garbage_keeps_the_last_good_offset(tmp_path, garbage):
    file = tmp_path / "clock"
    file.write_text("7200")
    clock = FileClock(file)
    assert is_now_plus(clock.now(), hours=2)
    file.write_text(garbage, "utf-8")
    assert is_now_plus(clock.now(), hours=2)
    file.unlink()
    assert is_now_plus(clock.now(), hours=2)
    file.write_text("10800")
    assert is_now_plus(clock.now(), hours=3)


def test_a_file_put_in_place_at_once_is_seen_even_with_the_same_time_and_size(tmp_path):
    file, other = tmp_path / "clock", tmp_path / "other"
    file.write_text("3600")
    other.write_text("7200")
    for each in (file, other):
        os.utime(each, (1, 1))
    clock = FileClock(file)
    assert is_now_plus(clock.now(), hours=1)
    other.rename(file)
    assert is_now_plus(clock.now(), hours=2)


def test_an_unchanged_file_is_not_read_again(tmp_path, monkeypatch):
    file = tmp_path / "clock"
    file.write_text("3600")
    clock = FileClock(file)
    clock.now()
    monkeypatch.setattr(Path, "read_text", lambda *_: pytest.fail("read again"))
    assert is_now_plus(clock.now(), hours=1)


def test_the_settings_choose_the_clock(complete):
    assert isinstance(clock_from(load_settings()), SystemClock)
    Path("clock").write_text("3600")
    box = load_settings(telegram_api_url="http://127.0.0.1:8081", clock_file="clock")
    assert is_now_plus(clock_from(box).now(), hours=1)
