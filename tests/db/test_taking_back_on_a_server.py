"""As `test_taking_back.py`, on PostgreSQL; a file of its own, that the two run side by side."""

import pytest

from tests.conftest import LONG
from tests.db.any_order import run
from tests.support import postgres
from tests.support.emptied import on_server

EXAMPLES = 2_500 if LONG else 100


@pytest.mark.long
@pytest.mark.postgresql
def test_every_lot_is_that_of_the_plain_model_on_a_server(postgres_server, template):
    with (
        postgres.copied(postgres_server, template, "any_order") as url,
        on_server(url) as books,
    ):
        run(books, EXAMPLES)
