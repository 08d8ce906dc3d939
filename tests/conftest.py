"""What may be missing on a machine is said in one line, and is an error where nothing may be."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support import databases, postgres

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
        postgres.there,
        "apt-get install postgresql, or set TEST_POSTGRES_URL",
    ),
}


# On PostgreSQL the run is about the bots' database; what has none, or names its own, ran before.
NOT_AGAIN = {"browser", "postgresql", "sqlite"}
OF_BOTS = {"e2e", "faults"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if databases.POSTGRESQL:
        again = [item for item in items if _has_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again
    for marker, (there, how) in NEEDS.items():
        if there() or NOTHING_SKIPPED:
            continue
        for item in items:
            if marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"no {marker} here: {how}"))


def _has_a_database(item: pytest.Item) -> bool:
    by_itself = item.path.parent.name in OF_BOTS or "books" in item.fixturenames
    return by_itself and NOT_AGAIN.isdisjoint(item.keywords)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database's name."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given.rstrip("/")
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database on the server."""
    with postgres.migrated(postgres_server) as name:
        yield name


@pytest.fixture(scope="session", autouse=True)
def database_of_the_bots(request: pytest.FixtureRequest) -> None:
    """The server for this run's clinics, where the run is on PostgreSQL."""
    if databases.POSTGRESQL:
        server, template = map(request.getfixturevalue, ("postgres_server", "template"))
        databases.begin_on(server, template)


@pytest.fixture
def database_on_server(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database for this test alone."""
    with postgres.database(postgres_server, postgres.named("alone")) as url:
        yield url
