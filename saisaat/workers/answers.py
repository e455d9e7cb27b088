"""Sending answers to comments in windows that no publication needs."""

from datetime import datetime

from saisaat.actions import answer
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.deliver import Window
from saisaat.channels.base import ChannelError
from saisaat.domain.delivery import Outcome
from saisaat.domain.roles import Actor


class Answers:
    """One call for an answer, whatever comes of it: what may have left is never repeated."""

    def __init__(self, *, pool: ChannelPool, database: DatabaseThread, by: Actor) -> None:
        self._pool = pool
        self._database = database
        self._by = by

    async def send_next(self, window: Window, now: datetime) -> None:
        """Reply with the oldest answer that waits in the window's group."""
        call = await self._database(answer.claim_answer, window=window, now=now, by=self._by)
        if call is None:
            return
        found = await self._pool.get(call.channel)
        outcome, detail, message = Outcome.NOT_CONNECTED, "", ""
        if found is not None:
            _, port = found
            try:
                receipt = await port.reply(window.token, port.render(call.messages))
                outcome, message = Outcome.ACCEPTED, receipt.sent[0].id if receipt.sent else ""
            except ChannelError as error:
                outcome, detail = error.outcome, error.detail
        await self._database(
            answer.settle_answer,
            answer=call.answer,
            outcome=outcome,
            detail=detail,
            message_id=message,
            by=self._by,
            now=now,
        )
