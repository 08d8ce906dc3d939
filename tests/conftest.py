"""What may be missing on a machine is said in one line, and is an error where nothing may be."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support import postgres

LONG = bool(os.environ.get("MOLAR_LONG"))
NOTHING_SKIPPED = bool(os.environ.get("MOLAR_NOTHING_SKIPPED"))

settings.register_profile(
    "molar",
    deadline=None,
    print_blob=True,
    max_examples=2000 if LONG else 100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("molar")

NEEDS = {
    "browser": (lambda: shutil.which("chromium"), "apt-get install chromium"),
    "postgresql": (
        lambda: os.environ.get("TEST_POSTGRES_URL") or postgres.binaries(),
        "apt-get install postgresql, or set TEST_POSTGRES_URL",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, (there, how) in NEEDS.items():
        if there() or NOTHING_SKIPPED:
            continue
        for item in items:
            if marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"no {marker} here: {how}"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database's name."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given.rstrip("/")
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def database_on_server(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database for this test alone."""
    with postgres.database(postgres_server, postgres.named("alone")) as url:
        yield url
