"""A page reads the deliveries of its own plan: what it costs must not grow with the other provinces of the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saisaat.domain.delivery import State
from tests.cast import Cast

BY_STATE = "delivery_by_state (state=?)"
"""How SQLite says that it goes through everybody's deliveries in a state. The worker is meant to; a page is not."""
LISTS = [f"/{page}?state={state}" for page in ("publications", "entries") for state in (State.CLOSED, State.PLANNED)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what is in the tables")
@pytest.mark.parametrize("path", [*LISTS, "/plan/make"])
def test_no_list_goes_through_the_deliveries_of_all_provinces(
    cast: Cast, enter: Callable[[str], Client], path: str
) -> None:
    for state in (State.CLOSED, State.PLANNED):
        cast.delivery(state)
    browser = enter("owner")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    read = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    assert any('"records_delivery"' in sql for sql in read)
    for sql in read:
        steps = connection.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        assert not any(BY_STATE in step[3] for step in steps), sql
