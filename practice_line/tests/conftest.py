import pytest
from practice_client import World


@pytest.fixture
async def world() -> World:
    return await World().open()
