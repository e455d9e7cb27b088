"""What all tests share: the one office they play in, the campaign clock, and that no socket leaves this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from saisaat.records import clock
from tests.cast import Cast, make_cast
from tests.factories import NOW

_connect = socket.socket.connect


def _connect_to_loopback(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6}:
        host = str(address[0])
        try:
            local = ipaddress.ip_address(host).is_loopback
        except ValueError:
            local = host == "localhost"
        assert local, f"a test tried to reach {host}; tests stay on this machine"
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    socket.socket.connect = _connect_to_loopback  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


_sql_flush = SQLite.ops_class.sql_flush
_APPEND_ONLY = import_module("saisaat.records.migrations.0002_refusals").SQLITE[-1]


def _flush_with_audit(self: Any, *args: Any, **kwargs: Any) -> list[str]:
    """Emptying the tables after a test is the one deletion that the audit's trigger must let through."""
    return ["DROP TRIGGER audit_is_append_only_delete", *_sql_flush(self, *args, **kwargs), _APPEND_ONLY]


SQLite.ops_class.sql_flush = _flush_with_audit  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The office, at `NOW` by the campaign clock."""
    clock.freeze(NOW)
    yield make_cast()
    clock.freeze(None)
