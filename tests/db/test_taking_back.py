"""Whatever is recorded, corrected, returned, given, merged and ended, in any order and at any time,
each deed crashed and repeated at will: every lot is that of a second, plainer model
(`plain_lots.py`), and the books agree with themselves (`any_order.py`).
"""

import pytest

from tests.conftest import LONG
from tests.db.any_order import run
from tests.support.emptied import on_file

EXAMPLES = 10_000 if LONG else 200


@pytest.mark.long
def test_every_lot_is_that_of_the_plain_model_on_a_file():
    with on_file() as books:
        run(books, EXAMPLES)
