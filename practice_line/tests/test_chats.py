"""What people see of their chats: the list, who has read what, who came and went, what is sent 1:1."""

from pathlib import Path

import pytest
from practice_client import World, text
from practice_line.platform import Platform


async def chat(world: World, chat_id: str | None = None, before: str = "") -> dict[str, list[dict[str, object]]]:
    query = f"?before={before}" if before else ""
    found: dict[str, list[dict[str, object]]] = await world.call(
        "GET", f"/_practice/chats/{chat_id or world.group}{query}"
    )
    return found


async def read(world: World, user: int, message: str) -> int:
    body = {"userId": world.users[user], "messageId": message}
    return (await world.request("POST", f"/_practice/chats/{world.group}/read", body)).status


async def test_reading_goes_forward_only_and_is_counted_by_member(world: World) -> None:
    first, second = await world.say("ก"), await world.say("ข")
    assert await read(world, 1, second) == 200
    assert await read(world, 1, first) == 200
    [mark] = (await chat(world))["reads"]
    assert mark == {"chatId": world.group, "reader": world.users[1], "upto": second}


async def test_the_number_of_readers_is_set_both_ways(world: World) -> None:
    message = await world.say("ก")
    others = len(world.users) - 1
    for count in (others, 1, 0):
        await world.call("PUT", f"/_practice/messages/{message}/readers", {"count": count})
        marks = (await chat(world))["reads"]
        assert sum(str(mark["upto"]) >= message for mark in marks) == count


async def test_readers_that_cannot_be_are_refused(world: World) -> None:
    message = await world.say("ก")
    pushed = (await world.push(text("จากบอท"))).json["sentMessages"][0]["id"]
    for target, count in ((message, len(world.users)), (message, -1), (pushed, 1)):
        assert (await world.request("PUT", f"/_practice/messages/{target}/readers", {"count": count})).status == 400
    alone = (await world.call("POST", f"/_practice/people/{world.users[0]}/say", {"text": "ก"}))["messageId"]
    assert await read(world, 0, alone) == 400
    outsider = (await world.call("POST", "/_practice/people", {"name": "คนนอก"}))["userId"]
    body = {"userId": outsider, "messageId": message}
    assert (await world.request("POST", f"/_practice/chats/{world.group}/read", body)).status == 400


async def test_the_list_puts_the_latest_first_and_counts_what_others_said(world: World) -> None:
    me = world.users[0]
    await world.push(text("ถึงคุณ"), to=me)
    await world.say("จากคนอื่น", user=1)
    await world.say("จากเรา")
    entries = (await world.call("GET", f"/_practice/people/{me}/chats"))["chats"]
    assert [(entry["chatId"], entry["unread"]) for entry in entries] == [(world.group, 1), (me, 1)]
    assert entries[0]["last"]["text"] == "จากเรา"


async def test_who_came_and_went_stands_between_what_was_said(world: World) -> None:
    first = await world.say("ก")
    await world.call("DELETE", f"/_practice/groups/{world.group}/members/{world.users[1]}")
    await world.say("ข")
    await world.call("POST", f"/_practice/groups/{world.group}/remove-bot", {})
    notices = (await chat(world))["notices"]
    assert [(notice["kind"], notice.get("userId")) for notice in notices] == [
        ("joined", None),
        ("left", world.users[1]),
        ("left", None),
    ]
    assert notices[1]["after"] == first


async def test_a_long_chat_comes_in_pages_and_each_line_once(world: World) -> None:
    said = [await world.say(str(number)) for number in range(205)]
    latest = await chat(world)
    assert latest["earlier"] is True
    assert latest["notices"] == []
    older = await chat(world, before=str(latest["messages"][0]["id"]))
    assert older["earlier"] is False
    assert [notice["kind"] for notice in older["notices"]] == ["joined"]
    assert [line["id"] for line in [*older["messages"], *latest["messages"]]] == said


async def test_alone_with_the_account(world: World) -> None:
    me = world.users[0]
    await world.call("POST", f"/_practice/people/{me}/say", {"text": "ก"})
    event = world.events[-1]
    assert event["source"] == {"type": "user", "userId": me}
    quoted = (await world.push({**text("ข"), "quoteToken": event["message"]["quoteToken"]}, to=me)).status
    assert quoted == 200
    said, answered = (await chat(world, me))["messages"]
    assert answered["quotedMessageId"] == said["id"]
    assert (await world.request("POST", f"/_practice/messages/{said['id']}/edit", {"text": "ค"})).status == 400


@pytest.mark.parametrize("path", ["chats/Cnone", "chats/Unone", "people/Unone/chats", "messages/1/content"])
async def test_what_there_is_not_is_not_found(world: World, path: str) -> None:
    assert (await world.request("GET", f"/_practice/{path}")).status == 404


def test_marks_and_notices_are_in_the_file(tmp_path: Path) -> None:
    platform = Platform(tmp_path / "line.sqlite", seed=1)
    people = [platform.people.add_person(name)["userId"] for name in ("ก", "ข")]
    group = platform.people.add_group("กลุ่ม", people)["groupId"]
    message = platform.people.say(group, people[0], "สวัสดี")["messageId"]
    platform.chats.read(group, people[1], message)
    before = platform.chats.chat(group)
    platform.close()
    again = Platform(tmp_path / "line.sqlite")
    assert again.chats.chat(group) == before
    assert again.chats.chats_of(people[1])["chats"][0]["unread"] == 0
    again.close()
