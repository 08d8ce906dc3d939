import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import environment
from bot.database_url import Server, normalised, server, sqlite_file
from bot.failures import WrongSettingsError
from bot.setting_words import SETTINGS
from bot.settings import Settings, load_database_url, load_settings
from screens.texts import texts_in

GENUINE_LOOKING = "1234567890:" + "Ab-_5" * 7


def problems(**overrides):
    with pytest.raises(WrongSettingsError) as wrong:
        load_settings(**overrides)
    return {name: problem.key for name, problem in wrong.value.problems.items()}


def sentences(**overrides):
    with pytest.raises(WrongSettingsError) as wrong:
        load_settings(**overrides)
    return wrong.value.sentences()


def test_five_settings_are_enough(complete):
    found = load_settings()
    assert found.owner_ids == (101, 102)
    assert found.bot_token.get_secret_value() == "42:SANDBOX"
    assert found.database_url == "sqlite+aiosqlite:///data/molar.db"
    assert (found.timezone, found.locale, found.scheduler) == ("Europe/Moscow", "ru", "inside")
    assert (found.http_host, found.http_port) == ("127.0.0.1", 8080)
    assert (found.messages_per_second, found.log_level, found.log_format) == (25, "INFO", "console")
    optional = (found.telegram_api_url, found.proxy_url, found.webhook_url, found.webhook_secret)
    assert optional == (None, None, None, None)
    assert found.clock_file is None


def test_every_missing_setting_is_named_at_once(alone):
    required = {name: words.missing for name, words in SETTINGS.items() if words.required}
    assert problems() == required
    assert list(required) == [
        "BOT_TOKEN",
        "OWNER_IDS",
        "CLINIC_NAME",
        "CLINIC_LEGAL",
        "CLINIC_PHONE",
    ]


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_value_counts_as_missing(complete, monkeypatch, blank):
    monkeypatch.setenv("CLINIC_NAME", blank)
    monkeypatch.setenv("HTTP_PORT", blank)
    assert problems() == {"CLINIC_NAME": "missing-clinic-name"}


def test_the_file_is_read_and_the_environment_wins(complete, monkeypatch):
    (complete / ".env").write_text("HTTP_PORT=9000\nLOCALE=en\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("HTTP_PORT", "9001")
    found = load_settings()
    assert (found.http_port, found.locale) == (9001, "en")


def test_an_empty_variable_does_not_hide_the_file(complete, monkeypatch):
    (complete / ".env").write_text("HTTP_PORT=9000\n")
    monkeypatch.setenv("HTTP_PORT", "")
    assert load_settings().http_port == 9000


def test_the_mark_that_notepad_puts_in_front_is_no_part_of_a_name(complete, monkeypatch):
    monkeypatch.delenv("BOT_TOKEN")
    (complete / ".env").write_text("BOT_TOKEN=43:NOTEPAD\n", "utf-8-sig")
    assert load_settings().bot_token.get_secret_value() == "43:NOTEPAD"


def test_a_file_in_a_windows_code_page_gets_a_sentence(complete):
    (complete / ".env").write_text("CLINIC_NAME=Улыбка\n", "cp1251")
    assert problems() == {".env": "wrong-env-file"}


def test_a_person_is_told_in_their_language(alone, monkeypatch):
    assert sentences()[0].startswith("Не задан BOT_TOKEN. Создайте бота")
    (alone / ".env").write_text("LOCALE=en\n")
    assert sentences()[0].startswith("BOT_TOKEN is missing. Create a bot")
    monkeypatch.setenv("LOCALE", "fr")
    assert sentences()[0].startswith("Не задан BOT_TOKEN. Создайте бота")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_setting_has_its_sentences(language):
    texts = texts_in(language)
    for name, words in SETTINGS.items():
        assert texts.plain(words.about)
        assert name in texts.plain(words.wrong, **({"given": "?"} if words.shown else {}))
        if words.required:
            assert name in texts.plain(words.missing)


def test_the_words_know_the_same_settings_as_the_fields():
    assert {name.upper() for name in Settings.model_fields} == set(SETTINGS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bot_token", "токен"),
        ("bot_token", "42"),
        ("bot_token", "42:two words"),
        ("owner_ids", "@director"),
        ("owner_ids", "101,-5"),
        ("owner_ids", ",,"),
        ("owner_ids", str(2**52)),
        ("clinic_name", "Улыбка\nи зубы"),
        ("clinic_name", "У" * 101),
        ("clinic_legal", "О" * 201),
        ("clinic_phone", "звоните"),
        ("clinic_phone", "12"),
        ("timezone", "Moscow"),
        ("timezone", "../etc/passwd"),
        ("timezone", "Europe"),
        ("locale", "fr"),
        ("telegram_api_url", "127.0.0.1:8081"),
        ("telegram_api_url", "ftp://127.0.0.1"),
        ("telegram_api_url", "http://[::1"),
        ("telegram_api_url", "http://host:port"),
        ("telegram_api_url", "http://a b"),
        ("proxy_url", "https://127.0.0.1:3128"),
        ("proxy_url", "socks5://127.0.0.1"),
        ("proxy_url", "127.0.0.1:1080"),
        ("webhook_url", "http://bot.example.ru/hook"),
        ("webhook_url", "bot.example.ru"),
        ("webhook_secret", "пароль"),
        ("webhook_secret", "a" * 257),
        ("http_host", "http://0.0.0.0"),
        ("http_port", "0"),
        ("http_port", "65536"),
        ("http_port", "восемь"),
        ("scheduler", "outside"),
        ("messages_per_second", "0"),
        ("messages_per_second", "31"),
        ("messages_per_second", "2.5"),
        ("log_level", "LOUD"),
        ("log_format", "xml"),
        ("database_url", "mysql://localhost/molar"),
        ("clock_file", "clock"),
    ],
)
def test_a_wrong_value_gets_the_sentence_of_its_setting(complete, field, value):
    name = field.upper()
    found = problems(**{field: value})
    found.pop("WEBHOOK_SECRET" if field == "webhook_url" else None, None)
    assert found == {name: SETTINGS[name].wrong}


def test_case_is_forgiven_where_words_are_ours(complete):
    found = load_settings(locale="EN", scheduler="Separate", log_level="debug", log_format="JSON")
    assert (found.locale, found.scheduler) == ("en", "separate")
    assert (found.log_level, found.log_format) == ("DEBUG", "json")


@given(
    ids=st.lists(st.integers(1, 2**52 - 1), min_size=1, unique=True),
    comma=st.sampled_from([",", ", ", ";", " ", " ,\t"]),
)
def test_owner_ids_come_back_as_they_were_written(complete, ids, comma):
    written = comma.join(map(str, ids)) + comma
    assert load_settings(owner_ids=written).owner_ids == tuple(ids)


def test_an_owner_named_twice_is_one_owner(complete):
    assert load_settings(owner_ids="7,8,7").owner_ids == (7, 8)


@pytest.mark.parametrize(
    "phone", ["+7 843 212-34-56", "8 (843) 2123456", "88432123456", "8-800-555-35-35"]
)
def test_a_phone_is_shown_as_it_was_given(complete, phone):
    assert load_settings(clinic_phone=phone).clinic_phone == phone


def test_a_webhook_needs_its_secret(complete):
    url = "https://bot.example.ru/hook/"
    assert problems(webhook_url=url) == {"WEBHOOK_SECRET": "missing-webhook-secret"}
    found = load_settings(webhook_url=url, webhook_secret="s" * 256)
    assert found.webhook_url == "https://bot.example.ru/hook"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.9.9.9"])
def test_the_box_may_do_without_tls_and_shift_the_clock(complete, host):
    found = load_settings(
        telegram_api_url=f"http://{host}:8081/",
        webhook_url=f"http://{host}:8080/hook",
        webhook_secret="s",
        clock_file="data/clock",
    )
    assert found.telegram_api_url == f"http://{host}:8081"
    assert str(found.clock_file) == "data/clock"


@pytest.mark.parametrize("url", [None, "https://api.example.ru", "http://127.0.0.1.example.ru"])
def test_the_clock_of_real_patients_is_never_shifted(complete, url):
    assert problems(telegram_api_url=url, clock_file="clock") == {"CLOCK_FILE": "wrong-clock-file"}


@given(
    name=st.sampled_from(sorted(SETTINGS)),
    around=st.tuples(st.text(max_size=5), st.text(max_size=5)),
)
def test_a_token_in_any_setting_is_never_repeated(complete, name, around):
    shown = ""
    try:
        found = load_settings(**{name.lower(): GENUINE_LOOKING.join(around)})
        shown = repr(found) if name in {"BOT_TOKEN", "WEBHOOK_SECRET"} else ""
    except WrongSettingsError as wrong:
        shown = f"{wrong} {wrong.sentences()}"
    assert GENUINE_LOOKING.partition(":")[2] not in shown


def test_a_long_value_is_repeated_shortly_and_on_one_line(complete):
    (sentence,) = sentences(timezone="Самый\n" * 100)
    assert "\n" not in sentence
    assert len(sentence) < 160


def test_what_no_log_may_show(complete):
    found = load_settings(
        webhook_url="https://bot.example.ru",
        webhook_secret="hook-secret",
        database_url="postgres://molar:p%40ss@db/molar",
        proxy_url="socks5://clinic:w%C3%B6rt@127.0.0.1:1080",
    )
    assert found.secrets == ("42:SANDBOX", "hook-secret", "p@ss", "wört")


@pytest.mark.parametrize(
    ("given_url", "kept"),
    [
        ("sqlite:///data/molar.db", "sqlite+aiosqlite:///data/molar.db"),
        ("sqlite+aiosqlite:////srv/molar.db", "sqlite+aiosqlite:////srv/molar.db"),
        ("postgres://u:p@h:5433/d", "postgresql+asyncpg://u:p@h:5433/d"),
        ("postgresql://h/d", "postgresql+asyncpg://h/d"),
        ("postgresql+asyncpg:///d?host=/run", "postgresql+asyncpg:///d?host=%2Frun"),
        ("postgres://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
    ],
)
def test_the_usual_spellings_of_a_database_are_one(given_url, kept):
    assert normalised(given_url) == kept
    assert normalised(kept) == kept


@pytest.mark.parametrize(
    "url",
    [
        "molar.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///data/",
        "sqlite:///:memory:",
        "sqlite:///molar.db?mode=ro",
        "sqlite+pysqlite:///molar.db",
        "postgresql+psycopg://h/d",
        "postgresql://h",
        "postgresql://h:port/d",
        "mysql://h/d",
    ],
)
def test_another_database_is_refused(complete, url):
    with pytest.raises(ValueError, match=r"."):
        normalised(url)
    assert problems(database_url=url) == {"DATABASE_URL": "wrong-database-url"}


def test_a_file_and_a_server_are_found_in_their_urls():
    assert str(sqlite_file("sqlite+aiosqlite:////srv/molar.db")) == "/srv/molar.db"
    url = normalised("postgres://molar:p%40ss@db:5433/dental?sslmode=require")
    assert sqlite_file(url) is None
    assert server(url) == Server("dental", "db", 5433, "molar", "p@ss", "require")
    assert server(url).environment() == {
        "PGDATABASE": "dental",
        "PGHOST": "db",
        "PGPORT": "5433",
        "PGUSER": "molar",
        "PGPASSWORD": "p@ss",
        "PGSSLMODE": "require",
    }


def test_a_copy_can_be_taken_while_other_settings_are_wrong(alone, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("HTTP_PORT", "none")
    assert load_database_url() == "sqlite+aiosqlite:///elsewhere.db"
    monkeypatch.setenv("DATABASE_URL", "elsewhere.db")
    with pytest.raises(WrongSettingsError):
        load_database_url()


def test_a_misspelt_name_in_the_file_is_recognised(alone):
    (alone / ".env").write_text(
        "BOT_TOKN=42:SANDBOX\nOwner_id=1\nHTTP_PROXY=http://p:1\nlocale=en\nFOO=1\nHTTP_PORT=1\n"
    )
    assert environment.misspelt() == [("BOT_TOKN", "BOT_TOKEN"), ("Owner_id", "OWNER_IDS")]


def test_lines_that_are_no_settings_are_counted(alone):
    assert environment.unreadable_lines() == []
    (alone / ".env").write_text('A=1\n# words\n\nCLINIC NAME="Улыбка"\nB=2\n', "utf-8")
    assert environment.unreadable_lines() == [4]
