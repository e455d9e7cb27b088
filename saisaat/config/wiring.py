"""The composition root: each command gets what it starts. Django and the heavy parts are loaded only when one runs."""

import importlib
from collections.abc import Callable
from typing import Any

from saisaat.cli import Wiring


def _later(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        import django

        django.setup()
        return getattr(importlib.import_module(module), name)(*args, **kwargs)

    return call


WIRING = Wiring(
    rehearse=_later("saisaat.config.rehearsing", "rehearse"),
    rehearsal_table=_later("saisaat.rehearsal.outcome", "table"),
    serve=_later("saisaat.config.serving", "serve"),
    demo=_later("saisaat.config.serving", "demo"),
    demo_data=_later("saisaat.config.filling", "fill"),
    web=_later("saisaat.config.serving", "web"),
    intake=_later("saisaat.config.serving", "intake"),
    worker=_later("saisaat.config.serving", "worker"),
)
