"""What `make bench` writes still fits the tables: its floor knows them by name only."""

import pytest

from benchmarks import servers
from benchmarks.visits import READ_AND_VISIT, written_bare, written_by_molar


def test_the_write_and_its_floor_can_be_measured():
    assert written_by_molar(2) > 0
    assert written_bare(2, READ_AND_VISIT) > 0


@pytest.mark.postgresql
def test_the_write_and_its_floor_can_be_measured_on_a_server(postgres_server):
    assert servers.written_by_molar(postgres_server, 2) > 0
    assert servers.written_bare(postgres_server, 2, READ_AND_VISIT) > 0
