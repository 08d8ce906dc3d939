"""The settings: environment and `.env`, checked, with one sentence for each that is wrong."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import database_url as urls
from bot.environment import ENCODING, ENV_FILE
from bot.failures import WrongSettingsError
from bot.masking import masked
from bot.sentence import Sentence, sentence
from bot.setting_words import SETTINGS

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HOST = re.compile(r"[A-Za-z0-9_.:-]+")
_LONGEST_SHOWN = 40


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _owner_ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = [word for word in re.split(r"[,;\s]+", value) if word]
    return tuple(dict.fromkeys(words))


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "RU")
    except phonenumbers.NumberParseException as error:
        raise ValueError("no phone") from error
    # Not is_valid_number: a range newer than the library's tables must not stop a clinic.
    if not phonenumbers.is_possible_number(number):
        raise ValueError("no phone")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError("no zone") from error
    return value


def _web_url(value: str) -> str:
    parts = urlsplit(value)
    if (
        re.search(r"\s", value)
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.port == 0
    ):
        raise ValueError("no web address")
    return value.rstrip("/")


def _proxy_url(value: str) -> str:
    """What aiohttp-socks speaks; it guesses no port."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "socks5", "socks4"} or not (parts.hostname and parts.port):
        raise ValueError("no proxy")
    return value


def _webhook_url(value: str) -> str:
    if urlsplit(value).scheme != "https" and not _is_loopback(value):
        raise ValueError("Telegram posts to https only")
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError("no host")
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _matching(pattern: re.Pattern[str]) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not pattern.fullmatch(secret.get_secret_value()):
            raise ValueError("not of the shape")
        return secret

    return AfterValidator(check)


_WebUrl = Annotated[str, AfterValidator(_web_url)]
_TelegramId = Annotated[int, Field(gt=0, lt=2**52)]
_Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]+$")]


class StorageSettings(BaseSettings):
    """What a command needs that only touches the database."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database_url: Annotated[str, AfterValidator(urls.normalised)] = (
        "sqlite+aiosqlite:///data/molar.db"
    )

    @model_validator(mode="before")
    @classmethod
    def _blank_is_missing(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
        return {name: value for name, value in stripped.items() if value not in ("", None)}


_Kind = TypeVar("_Kind", bound=StorageSettings)


class Settings(StorageSettings):
    """Every setting of the contract."""

    bot_token: Annotated[SecretStr, _matching(_TOKEN)]
    owner_ids: Annotated[
        tuple[_TelegramId, ...], NoDecode, BeforeValidator(_owner_ids), Field(min_length=1)
    ]
    clinic_name: Annotated[_Line, Field(max_length=100)]
    clinic_legal: Annotated[_Line, Field(max_length=200)]
    clinic_phone: Annotated[str, AfterValidator(_phone)]
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Moscow"
    locale: Annotated[Literal["ru", "en"], BeforeValidator(_lower)] = "ru"
    telegram_api_url: _WebUrl | None = None
    proxy_url: Annotated[str, AfterValidator(_proxy_url)] | None = None
    webhook_url: Annotated[_WebUrl, AfterValidator(_webhook_url)] | None = None
    webhook_secret: Annotated[SecretStr, _matching(_WEBHOOK_SECRET)] | None = None
    http_host: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    http_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    scheduler: Annotated[Literal["inside", "separate"], BeforeValidator(_lower)] = "inside"
    messages_per_second: Annotated[int, Field(ge=1, le=30)] = 25
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)
    ] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = "console"
    clock_file: Path | None = None

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_has_a_secret(
        cls, secret: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if secret is None and info.data.get("webhook_url"):
            raise PydanticCustomError("missing-webhook-secret", "a webhook needs a secret")
        return secret

    @field_validator("clock_file")
    @classmethod
    def _clock_only_in_the_box(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        """Nobody shifts the time of real patients."""
        if (
            file
            and "telegram_api_url" in info.data
            and not _is_loopback(info.data["telegram_api_url"] or "")
        ):
            raise ValueError("only against a loopback Telegram")
        return file

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        sqlite = urls.sqlite_file(self.database_url)
        proxy = urlsplit(self.proxy_url or "").password
        given = (
            self.bot_token.get_secret_value(),
            self.webhook_secret.get_secret_value() if self.webhook_secret else None,
            None if sqlite else urls.server(self.database_url).password,
            unquote(proxy) if proxy else None,
        )
        return tuple(secret for secret in given if secret)


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 (any setting's own type)
    """The settings of this process; `overrides` by field name win over the environment.

    Raises WrongSettingsError: with a sentence for each wrong one.
    """
    return _load(Settings, overrides)


def load_database_url() -> str:
    """DATABASE_URL alone: a copy can be taken while other settings are wrong.

    Raises WrongSettingsError: when it is no database we know.
    """
    return _load(StorageSettings, {}).database_url


def _load(kind: type[_Kind], overrides: dict[str, Any]) -> _Kind:
    try:
        return kind(**overrides)
    except ValidationError as error:
        # the first of a setting's faults is what to mend first
        problems = {_name(detail): _problem(detail) for detail in reversed(error.errors())}
        raise WrongSettingsError(
            dict(reversed(problems.items()))
        ) from None  # its text repeats what was given
    except (OSError, UnicodeDecodeError):
        raise WrongSettingsError({".env": sentence("wrong-env-file")}) from None


def _name(detail: ErrorDetails) -> str:
    return str(detail["loc"][0]).upper()


def _problem(detail: ErrorDetails) -> Sentence:
    words = SETTINGS[_name(detail)]
    if detail["type"] == "missing":
        return sentence(words.missing)
    if detail["type"].startswith("missing-"):
        return sentence(detail["type"])
    if not words.shown:
        return sentence(words.wrong)
    return sentence(words.wrong, given=_shown(detail["input"]))


def _shown(given: object) -> str:
    """What was given, short, on one line, and no secret that slipped into the wrong setting."""
    words = " ".join(masked(str(given)).split())
    return words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 1]}…"
