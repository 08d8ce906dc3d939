"""What `make bench` writes still fits the tables: its floor knows them by name only."""

from benchmarks.visits import written_bare, written_by_molar


def test_the_write_and_its_floor_can_be_measured():
    assert written_by_molar(2) > 0
    assert written_bare(2) > 0
