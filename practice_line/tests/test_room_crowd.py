"""The room's card about crowds: choose a character, move the clock, and the group has talked."""

from playwright.sync_api import expect
from room_stage import DESK, IN_BROWSER, Stage, Visitor

pytestmark = IN_BROWSER


def test_a_group_is_given_a_character_and_lives(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open((0, stage.group), (0, "bot"), size=DESK)
    choice = page.get_by_label("กลุ่มคุยกันเอง")
    expect(choice).to_have_value("dead")
    with page.expect_response("**/crowd"):
        choice.select_option("คุยทั้งวัน")
    with page.expect_response(lambda answer: answer.url.endswith("/clock") and answer.request.method == "PUT"):
        page.get_by_role("button", name="+1 วัน").click()
    expect(page.get_by_role("article").first).to_be_visible()
    said = stage.transcript()
    assert len(said) > 5
    assert {line["from"] for line in said} <= set(stage.people)
    assert stage.practice(f"groups/{stage.group}/crowd")["character"] == "lively"
    page.reload()
    expect(page.get_by_label("กลุ่มคุยกันเอง")).to_have_value("lively")
    page.locator(".phone").nth(1).click(position={"x": 20, "y": 300})
    expect(page.get_by_label("กลุ่มคุยกันเอง")).to_be_hidden()
