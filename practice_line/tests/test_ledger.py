"""Whatever is called in whatever order, the transcript and the quota tell the same story."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from practice_client import BANGKOK_MORNING, WEBHOOK, text
from practice_line.clock import JAPAN, Clock
from practice_line.errors import LineError
from practice_line.platform import Platform

LIMIT = 12
DAY = 24 * 3600
KEYS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]


class Ledger(RuleBasedStateMachine):
    """Three people in one group, three retry keys, a clock that only goes forward."""

    @initialize()
    def begin(self) -> None:
        clock = Clock()
        clock.set(BANGKOK_MORNING, running=False)
        self.now = BANGKOK_MORNING
        self.platform = Platform(seed=1, clock=clock)
        self.platform.set_bot(WEBHOOK)
        self.platform.set_quota(LIMIT)
        people = self.platform.people
        self.users = [people.add_person(name)["userId"] for name in "กขค"]
        self.group = people.add_group("กลุ่ม", self.users)["groupId"]
        self.platform.take_fresh()
        self.tokens: list[tuple[str, Any]] = []
        self.replied: set[str] = set()
        self.keyed: dict[str, tuple[Any, Any]] = {}
        self.calls = 0
        self.sent: list[str] = []

    def attempt(self, call: Any, body: dict[str, Any], retry_key: str | None) -> list[dict[str, str]] | LineError:
        self.calls += 1
        try:
            answer: dict[str, Any] = call(body, retry_key=retry_key, call_id=f"call {self.calls}")
        except LineError as error:
            return error
        self.sent += [sent["id"] for sent in answer["sentMessages"]]
        return answer["sentMessages"]

    @rule()
    def say(self) -> None:
        self.platform.people.say(self.group, self.users[0], "สวัสดี")
        [pending] = self.platform.take_fresh()
        self.tokens.append((pending.event["replyToken"], self.now))

    @rule(choice=st.integers(0, 100), count=st.integers(1, 5))
    def reply(self, choice: int, count: int) -> None:
        if not self.tokens:
            return
        token, said = self.tokens[choice % len(self.tokens)]
        result = self.attempt(self.platform.sending.reply, {"replyToken": token, "messages": [text()] * count}, None)
        alive = token not in self.replied and (self.now - said).total_seconds() <= 60
        assert isinstance(result, LineError) is not alive
        self.replied.add(token)

    @rule(key=st.none() | st.sampled_from(KEYS), to_group=st.booleans(), count=st.integers(1, 5))
    def push(self, key: str | None, to_group: bool, count: int) -> None:
        body = {"to": self.group if to_group else self.users[0], "messages": [text()] * count}
        used = self.platform.sending.consumption()["totalUsage"]
        result = self.attempt(self.platform.sending.push, body, key)
        accepted = self.keyed.get(key) if key else None
        if accepted and (self.now - accepted[0]).total_seconds() < 24 * 3600:
            assert isinstance(result, LineError)
            assert (result.status, result.body["sentMessages"]) == (409, accepted[1])
        elif used + (3 if to_group else 1) > LIMIT:
            assert isinstance(result, LineError)
            assert result.status == 429
        else:
            assert not isinstance(result, LineError)
            if key:
                self.keyed[key] = (self.now, result)

    @rule(seconds=st.sampled_from([1, 59, 60, 61, 3600, DAY - 1, DAY, DAY + 1, 20 * DAY]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.platform.set_clock(self.now, running=False)

    @invariant()
    def the_books_balance(self) -> None:
        if not hasattr(self, "platform"):
            return
        lines = self.platform.people.transcript()["messages"]
        assert [line["id"] for line in lines if line["from"] == "bot"] == self.sent
        by_month: dict[str, int] = {}
        for message in self.platform.state.messages:
            month = datetime.fromtimestamp(message.at_ms / 1000, JAPAN).strftime("%Y-%m")
            by_month[month] = by_month.get(month, 0) + message.cost
        assert all(cost <= LIMIT for cost in by_month.values())
        this_month = self.now.astimezone(JAPAN).strftime("%Y-%m")
        assert self.platform.sending.consumption()["totalUsage"] == by_month.get(this_month, 0)


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
