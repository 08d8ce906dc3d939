"""One clinic for the misfortunes that leave it as it was."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.scene import clinic_by
from tests.support.bots import Clinic


@pytest.fixture(scope="session")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    async with clinic_by("polling", tmp_path_factory.mktemp("faults")) as clinic:
        yield clinic
