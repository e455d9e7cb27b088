from collections.abc import Iterator

import pytest

from saisaat.intake import app as intake_app
from tests.actions.stage import Stage, make_stage


@pytest.fixture
def stage(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    # How quick the machine of the tests is decides nothing here.
    monkeypatch.setattr(intake_app, "SECONDS_TO_STORE", 60.0)
    yield make_stage()
