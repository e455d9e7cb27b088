import pytest

from tests.actions.stage import Stage, make_office, make_stage


@pytest.fixture
def office(db: None) -> Stage:
    """An office whose campaign nobody has signed."""
    return make_office()


@pytest.fixture
def stage(db: None) -> Stage:
    """An office whose campaign is approved and whose working group is appointed."""
    return make_stage()
