"""What LINE's answers mean: every row of the table, by its texts as LINE documents them."""

import orjson
import pytest

from saisaat.channels.base import ChannelError
from saisaat.channels.line.answers import RULES, Call, outcome_of, read_object, read_receipt
from saisaat.channels.transport import Answer
from saisaat.domain.delivery import Outcome

SENDS = [Call.REPLY, Call.PUSH_GROUP, Call.PUSH_USER]
SENT = {"sentMessages": [{"id": "461230966842064897", "quoteToken": "IStG5h1Tz7b"}, {"id": "461230966842064898"}]}
MONTHLY = "You have reached your monthly limit."
RATE = "The API rate limit has been exceeded. Try again later."
TAKEN = "The retry key is already accepted"


def answer(status: int, content: object = None, **headers: str) -> Answer:
    body = content if isinstance(content, bytes) else orjson.dumps({} if content is None else content)
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("call", "status", "message", "outcome"),
    [
        (Call.REPLY, 200, "", Outcome.ACCEPTED),
        (Call.REPLY, 400, "Invalid reply token", Outcome.INVALID_TOKEN),
        (Call.PUSH_GROUP, 400, "Invalid reply token", Outcome.REJECTED),
        (Call.PUSH_GROUP, 400, "Failed to send messages", Outcome.GROUP_GONE),
        (Call.PUSH_USER, 400, "Failed to send messages", Outcome.REJECTED),
        (Call.REPLY, 400, "Failed to send messages", Outcome.REJECTED),
        (Call.PUSH_GROUP, 400, "The property, 'to', in the request body is invalid", Outcome.GROUP_GONE),
        (Call.PUSH_GROUP, 409, TAKEN, Outcome.ACCEPTED),
        (Call.PUSH_USER, 409, TAKEN, Outcome.ACCEPTED),
        (Call.REPLY, 409, TAKEN, Outcome.UNAUTHORIZED),
        (Call.GROUP, 400, "The value for the 'groupId' parameter is invalid", Outcome.GROUP_GONE),
        (Call.GROUP, 404, "Not found", Outcome.GROUP_GONE),
        (Call.GROUP, 403, "Access to this API is not available for your account", Outcome.UNAUTHORIZED),
        (Call.ACCOUNT, 400, "Invalid webhook endpoint URL", Outcome.REJECTED),
        *[(call, 400, "The request body has 2 error(s)", Outcome.REJECTED) for call in SENDS],
        *[(call, 413, "", Outcome.REJECTED) for call in SENDS],
        *[(call, status, "", Outcome.UNAUTHORIZED) for call in Call for status in (401, 403, 405)],
        *[(call, 404, "Not found", Outcome.UNAUTHORIZED) for call in SENDS],
        *[(call, 429, MONTHLY, Outcome.MONTHLY_LIMIT) for call in Call],
        *[(call, 429, RATE, Outcome.RATE_LIMITED) for call in Call],
        *[(call, 429, "", Outcome.RATE_LIMITED) for call in Call],
        *[(call, status, "", Outcome.SERVER_ERROR) for call in Call for status in (500, 502, 503, 504, 599)],
        *[(call, status, "", Outcome.NO_ANSWER) for call in Call for status in (202, 204, 301, 307, 408, 600)],
    ],
)
def test_outcome(call: Call, status: int, message: str, outcome: Outcome) -> None:
    assert outcome_of(call, status, message) is outcome
    if outcome is not Outcome.ACCEPTED:
        with pytest.raises(ChannelError) as caught:
            read_object(call, answer(status, {"message": message}, x_line_request_id="r-1"))
        assert (caught.value.outcome, caught.value.status, caught.value.request_id) == (outcome, status, "r-1")


def test_every_outcome_of_an_answer_has_a_rule() -> None:
    silent = {Outcome.NOT_CONNECTED}
    assert {rule.outcome for rule in RULES} == set(Outcome) - silent


def test_receipt_keeps_ids_and_quote_tokens() -> None:
    receipt = read_receipt(Call.REPLY, answer(200, SENT, x_line_request_id="r-1"))
    assert receipt.request_id == "r-1"
    assert not receipt.repeated
    assert [(sent.id, sent.quote_token) for sent in receipt.sent] == [
        ("461230966842064897", "IStG5h1Tz7b"),
        ("461230966842064898", None),
    ]


def test_repeated_push_carries_the_first_calls_word() -> None:
    repeated = answer(409, {"message": TAKEN, **SENT}, x_line_request_id="second", x_line_accepted_request_id="first")
    receipt = read_receipt(Call.PUSH_GROUP, repeated)
    assert receipt.repeated
    assert receipt.request_id == "first"
    assert len(receipt.sent) == 2


def test_repeated_push_without_ids_is_still_accepted() -> None:
    receipt = read_receipt(Call.PUSH_GROUP, answer(409, {"message": TAKEN}, x_line_request_id="second"))
    assert (receipt.repeated, receipt.sent, receipt.request_id) == (True, (), "second")


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b"{}", b'{"sentMessages":{}}', b'{"sentMessages":[]}', b'{"sentMessages":[{}]}',
     b'{"sentMessages":[{"id":1}]}', b'{"sentMessages":["1"]}'],
)  # fmt: skip
def test_a_200_that_proves_nothing_is_no_answer(body: bytes) -> None:
    with pytest.raises(ChannelError) as caught:
        read_receipt(Call.REPLY, answer(200, body, x_line_request_id="r-1"))
    assert caught.value.outcome is Outcome.NO_ANSWER
    assert caught.value.request_id == "r-1"


def test_detail_joins_lines_own_reasons() -> None:
    content = {
        "message": "The request body has 2 error(s)",
        "details": [
            {"message": "May not be empty", "property": "messages[0].text"},
            {"message": "Must be one of the following values: [text, ...]", "property": "messages[1].type"},
            "not a detail",
            {},
            {"message": 5, "property": []},
        ],
    }
    with pytest.raises(ChannelError) as caught:
        read_receipt(Call.REPLY, answer(400, content))
    assert caught.value.detail == (
        "The request body has 2 error(s); messages[0].text: May not be empty; "
        "messages[1].type: Must be one of the following values: [text, ...]"
    )
    assert caught.value.permanent


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b"[1]", b'{"message": 5, "details": 7}'])
def test_a_refusal_without_words_still_says_its_status(body: bytes) -> None:
    with pytest.raises(ChannelError) as caught:
        read_object(Call.ACCOUNT, answer(502, body))
    assert (caught.value.outcome, caught.value.detail) == (Outcome.SERVER_ERROR, "HTTP 502")
    assert not caught.value.permanent


def test_a_hostile_detail_is_cut() -> None:
    with pytest.raises(ChannelError) as caught:
        read_object(Call.ACCOUNT, answer(400, {"message": "x" * 5_000}))
    assert len(caught.value.detail) == 1_000
