from collections.abc import Iterator
from pathlib import Path

import pytest

from saisaat.typesetting import RenderPool

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool(templates=TEMPLATES) as pool:
        yield pool
