"""The settings by name and what is said about each: cheap to import, for `--help` and `doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Keys of the sentences about one setting.

    `about` explains it, `wrong` says how to mend it, `missing` how to fill it in. What was
    given is repeated to the person only where it can't be a secret.
    """

    about: str
    wrong: str
    missing: str = ""
    shown: bool = True

    @property
    def required(self) -> bool:
        return bool(self.missing)


SETTINGS = {
    "BOT_TOKEN": Words(
        "setting-bot-token", "wrong-bot-token", missing="missing-bot-token", shown=False
    ),
    "OWNER_IDS": Words("setting-owner-ids", "wrong-owner-ids", missing="missing-owner-ids"),
    "CLINIC_NAME": Words("setting-clinic-name", "wrong-clinic-name", missing="missing-clinic-name"),
    "CLINIC_LEGAL": Words(
        "setting-clinic-legal", "wrong-clinic-legal", missing="missing-clinic-legal"
    ),
    "CLINIC_PHONE": Words(
        "setting-clinic-phone", "wrong-clinic-phone", missing="missing-clinic-phone"
    ),
    "DATABASE_URL": Words("setting-database-url", "wrong-database-url", shown=False),
    "TIMEZONE": Words("setting-timezone", "wrong-timezone"),
    "LOCALE": Words("setting-locale", "wrong-locale"),
    "TELEGRAM_API_URL": Words("setting-telegram-api-url", "wrong-telegram-api-url", shown=False),
    "PROXY_URL": Words("setting-proxy-url", "wrong-proxy-url", shown=False),
    "WEBHOOK_URL": Words("setting-webhook-url", "wrong-webhook-url", shown=False),
    "WEBHOOK_SECRET": Words("setting-webhook-secret", "wrong-webhook-secret", shown=False),
    "HTTP_HOST": Words("setting-http-host", "wrong-http-host"),
    "HTTP_PORT": Words("setting-http-port", "wrong-http-port"),
    "SCHEDULER": Words("setting-scheduler", "wrong-scheduler"),
    "MESSAGES_PER_SECOND": Words("setting-messages-per-second", "wrong-messages-per-second"),
    "LOG_LEVEL": Words("setting-log-level", "wrong-log-level"),
    "LOG_FORMAT": Words("setting-log-format", "wrong-log-format"),
    "CLOCK_FILE": Words("setting-clock-file", "wrong-clock-file", shown=False),
}
