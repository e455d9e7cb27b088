from collections.abc import Iterator

import conformance
import pytest
from flex_stage import base, lay, shared  # noqa: F401 - fixtures
from practice_client import World
from room_stage import browser, stage, visitor  # noqa: F401 - fixtures

conformance.watch_all()


@pytest.fixture
async def world() -> World:
    return await World().open()


@pytest.fixture(autouse=True)
def everything_said_fits_line_s_files() -> Iterator[None]:
    """Each test also says that it, and what it started, kept to LINE's OpenAPI files."""
    yield
    found = conformance.take_violations()
    assert not found, "\n".join(found)
