import pytest

from tests.actions.stage import Stage, make_stage


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """An office whose rows the engine's own thread sees too."""
    return make_stage()
