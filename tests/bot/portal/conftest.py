from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.portal.village import Village, build


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    built = await build(tmp_path)
    yield built
    await built.stage.close()
    await built.database.close()
