import json
import logging
import sys
import threading

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import configure
from bot.masking import masked

TOKEN = "1234567890:" + "Ab-_5" * 7
OWN = "42:SANDBOX"

token_letters = "ABCabc0189_-"
tokens = st.builds(
    "{}:{}".format,
    st.integers(1, 10**12),
    st.text(token_letters, min_size=35, max_size=40),
)
# A letter of the alphabet right behind would be part of the token.
around = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture(autouse=True)
def as_before():
    """Logging belongs to the whole process; what a test sets up goes with it."""
    root = logging.getLogger()
    handlers, level, complain = root.handlers[:], root.level, logging.raiseExceptions
    hook = sys.excepthook
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.captureWarnings(False)
    logging.raiseExceptions = complain
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook


@pytest.fixture
def start(capsys):
    """Configures JSON logs within the test; gives a reader of the events that came out."""

    def read():
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    def configured():
        configure("INFO", "json", [OWN, "hook-secret"])
        return read

    return configured


@given(before=around, token=tokens, after=around)
def test_no_token_comes_through(before, token, after):
    secret_half = token.partition(":")[2]
    assert secret_half not in masked(before + token + after)
    assert secret_half not in masked(before + token.replace(":", "%3A") + after)


@given(before=around, token=tokens, after=around)
def test_no_token_comes_through_an_event(before, token, after):
    hide = _the_hiding_processor()
    shown = hide(None, "info", {"event": before, "deep": {"x": [{token: (after + token,)}]}})
    assert token.partition(":")[2] not in repr(shown)


def fail(error):
    raise error


def _the_hiding_processor():
    configure("INFO", "json")
    return next(p for p in structlog.get_config()["processors"] if "_hiding" in repr(p))


@pytest.mark.parametrize(
    "phone",
    [
        "+79123456789",
        "+7 912 345-67-89",
        "+7 (912) 345-67-89",
        "+7\xa0912\xa0345\xa067\xa089",
        "8 912 345-67-89",
        "8(912)345-67-89",
        "89123456789",
        "79123456789",
        "+44 20 7946 0958",
        "+4915112345678",
    ],
)
def test_phones_are_masked_in_words(phone):
    for text in (phone, f"тел.{phone}, Мария", f'{{"phone": "{phone}"}}', f"x={phone}"):
        left = masked(text)
        assert "***" in left
        assert "345" not in left.replace("12345", "")
        assert "6789" not in left


@pytest.mark.parametrize(
    "text",
    [
        "chat -1001234567890 update 123456789",
        "user 8123456789",
        "2026-11-21T21:44:11.123456Z",
        "took 0.78912345678 s",
        "sha 7891234567890123456789",
        "SQLite 3.40.1, 12 400 ₽, +5 points",
        "http://127.0.0.1:8081/bot",
        "",
    ],
)
def test_ids_and_numbers_stay(text):
    assert masked(text) == text


def test_urls_lose_the_token_and_the_password_only():
    assert masked("http://h/bot42:SANDBOX/getMe?x=1") == "http://h/bot***/getMe?x=1"
    assert masked("http://h/file/bot42:SANDBOX/photos/1.jpg") == "http://h/file/bot***/photos/1.jpg"
    assert masked("postgresql://molar:geheim@db/molar") == "postgresql://molar:***@db/molar"


def test_an_event_is_a_line_with_its_ids_and_a_moment_in_utc(start):
    logged = start()
    log = structlog.get_logger()
    structlog.contextvars.bind_contextvars(update_id=77)
    log.info("visit.recorded", chat_id=-1001234567890, user_id=79123456789, ok=True, left=None)
    (line,) = logged()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "visit.recorded",
        "level": "info",
        "update_id": 77,
        "chat_id": -1001234567890,
        "user_id": 79123456789,
        "ok": True,
        "left": None,
    }


def test_the_configured_secrets_are_hidden_wherever_they_stand(start):
    logged = start()

    class Request:
        def __repr__(self):
            return f"<Request hook-secret {OWN}>"

    structlog.get_logger().warning(
        f"asked {OWN}", request=Request(), more=[b"hook-secret", {"k": "42%3ASANDBOX"}]
    )
    text = json.dumps(logged())
    assert "SANDBOX" not in text
    assert "hook-secret" not in text


def test_a_traceback_keeps_its_lines_and_loses_the_token(start):
    logged = start()
    try:
        fail(ConnectionError(f"no answer from https://api.telegram.org/bot{TOKEN}/getMe"))
    except ConnectionError:
        structlog.get_logger().exception("telegram.failed")
    (line,) = logged()
    assert "Traceback" in line["exception"]
    assert "https://api.telegram.org/bot***/getMe" in line["exception"]
    assert TOKEN not in str(line)


def test_a_traceback_shows_no_variables(capsys):
    patient = "Мария Ивановна"
    configure("INFO", "console")
    try:
        fail(ValueError(len(patient)))
    except ValueError:
        structlog.get_logger().exception("oops")
    shown = capsys.readouterr().err
    assert "ValueError: 14" in shown
    assert patient not in shown


def test_other_libraries_speak_through_the_same_line(start):
    logged = start()
    logging.getLogger("aiogram.dispatcher").error("Failed: /bot%s/getUpdates", OWN)
    (line,) = logged()
    assert line["event"] == "Failed: /bot***/getUpdates"
    assert (line["level"], line["logger"]) == ("error", "aiogram.dispatcher")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("name", ["sqlalchemy.engine.Engine", "aiosqlite"])
def test_what_logs_rows_is_silent_even_when_all_speak(capsys, name):
    configure("DEBUG", "json")
    logging.getLogger(name).info("INSERT ... ('Мария',)")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["aiogram.event", "apscheduler.executors.default"])
def test_a_line_per_update_or_tick_is_for_debugging_only(capsys, name):
    for level, lines in (("INFO", 0), ("DEBUG", 1)):
        configure(level, "json")
        logging.getLogger(name).info("Handled %d.", 1)
        assert len(capsys.readouterr().err.splitlines()) == lines


def test_a_record_that_cannot_be_formatted_is_not_printed_as_it_is(start, capsys):
    start()
    logging.getLogger("x").error("one %s", "Мария", "89123456789")
    assert "Мария" not in capsys.readouterr().err


def test_the_level_holds_for_both(start):
    logged = start()
    structlog.get_logger().debug("quiet")
    logging.getLogger("apscheduler").debug("quiet")
    assert logged() == []


def test_a_crash_is_logged_without_secrets(start):
    logged = start()
    crash = RuntimeError(f"bad token {TOKEN}")
    sys.excepthook(RuntimeError, crash, None)
    (line,) = logged()
    assert (line["event"], line["level"]) == ("crashed", "critical")
    assert line["exception"] == "RuntimeError: bad token ***"


def test_console_lines_are_plain_where_nobody_looks(capsys):
    configure("INFO", "console")
    structlog.get_logger().info("bot.started", resumed=3)
    line = capsys.readouterr().err
    assert "\x1b" not in line
    assert "bot.started" in line
    assert "resumed=3" in line


def test_threads_do_not_mix_their_lines(start):
    logged = start()

    def speak():
        for number in range(50):
            structlog.get_logger().info("line", number=number)

    threads = [threading.Thread(target=speak) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(logged()) == 200
