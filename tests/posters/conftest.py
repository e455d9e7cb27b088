from collections.abc import Iterator

import pytest

from saisaat.typesetting import RenderPool


@pytest.fixture(scope="session")
def pool() -> Iterator[RenderPool]:
    with RenderPool(processes=2) as pool:
        yield pool
