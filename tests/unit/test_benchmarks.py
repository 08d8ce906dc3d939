"""What `make bench` writes still fits the tables: its floor knows them by name only."""

import asyncio

import pytest

from benchmarks import grown, servers
from benchmarks.cards import drawings
from benchmarks.delivery import together
from benchmarks.visits import READ_AND_VISIT, written_bare, written_by_molar
from db.audit import audit


def test_the_write_and_its_floor_can_be_measured():
    assert written_by_molar(2) > 0
    assert written_bare(2, READ_AND_VISIT) > 0


@pytest.mark.parametrize("points", grown.SPENDS)
def test_what_a_long_life_of_a_wallet_costs_can_be_measured(tmp_path, points):
    [ratio] = grown.balances(tmp_path, points, pairs=1, asked=2, old=40)
    assert ratio > 0
    assert asyncio.run(audit(f"sqlite+aiosqlite:///{tmp_path / points}.db")).differences == []


def test_what_a_large_base_costs_can_be_measured(tmp_path):
    [ratio] = grown.visits(tmp_path, pairs=1, recorded=2, sizes=(10, 20))
    assert ratio > 0


def test_what_a_card_costs_to_draw_can_be_measured():
    [(card, bare)] = drawings(1)
    assert card > 0
    assert bare > 0


async def test_what_letters_and_answers_come_to_can_be_measured(tmp_path):
    heard = await together(tmp_path, people=15)
    assert heard.per_second > 0
    assert heard.delays


@pytest.mark.postgresql
def test_the_write_and_its_floor_can_be_measured_on_a_server(postgres_server):
    assert servers.written_by_molar(postgres_server, 2) > 0
    assert servers.written_bare(postgres_server, 2, READ_AND_VISIT) > 0
