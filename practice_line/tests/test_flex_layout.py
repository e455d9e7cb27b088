"""The rules of the Flex layout model, measured in a browser: LINE's guide "Flex Message layout" says what they are.

The guide gives keywords their order, not their pixels; the pixels here are those of LINE's Flex simulator.
"""

from collections.abc import Callable

import pytest
from flex_samples import FILLER, SEPARATOR, Part, bubble, button, column, picture, row, text
from flex_stage import INNER, Lay, body_box, children, filled, near, rects, styles
from room_stage import IN_BROWSER

pytestmark = IN_BROWSER

SPACES = {"none": 0, "xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20, "7px": 7}

SIZES = {"nano": 120, "micro": 160, "deca": 220, "hecto": 241, "kilo": 260, "mega": 300}


@pytest.mark.parametrize(("size", "width"), SIZES.items())
def test_bubble_sizes(lay: Lay, size: str, width: int) -> None:
    card = lay(bubble(size=size, body=column(text("ก"))))
    assert [rect.width for rect in rects(card, ".flex-bubble")] == [width]


def test_the_largest_bubble_fills_the_chat(lay: Lay) -> None:
    card = lay(bubble(size="giga", body=column(text("ก"))))
    content = rects(card.locator("xpath=ancestor::*[contains(@class, 'content')]"), "xpath=.")[0]
    assert rects(card, ".flex-bubble")[0].width == content.width


@pytest.mark.parametrize(
    ("size", "header", "body", "footer"),
    [
        ("mega", "20px", "19px 20px 10px", "10px"),
        ("kilo", "13px", "13px 13px 17px", "10px"),
        ("hecto", "11px 14px 13px", "11px 14px 17px", "10px"),
        ("micro", "10px", "10px", "10px"),
    ],
)
def test_blocks_are_padded_by_the_size_of_the_bubble(lay: Lay, size: str, header: str, body: str, footer: str) -> None:
    box = column(text("ก"))
    card = lay(bubble(size=size, header=box, body=box, footer=box))
    assert styles(card, ".flex-block > .flex-box", "padding") == [header, body, footer]


def test_a_row_shares_its_width_by_flex(lay: Lay) -> None:
    card = lay(bubble(body=row(text("ก", flex=2), text("ข", flex=3), text("ค"))))
    widths = [rect.width for rect in children(card)]
    assert all(near(width, INNER * share / 6) for width, share in zip(widths, (2, 3, 1), strict=True))


def test_a_part_without_flex_takes_what_it_needs_and_the_rest_is_shared(lay: Lay) -> None:
    long = text("คำยาว ๆ ที่ต้องขึ้นบรรทัดใหม่แน่นอน", wrap=True)
    card = lay(bubble(body=row(text("Hello", flex=0), {**long, "flex": 2}, {**long, "flex": 3})))
    first, second, third = children(card)
    [letters] = card.locator("p").first.evaluate_all(
        "ps => ps.map(p => { const r = document.createRange(); r.selectNodeContents(p);"
        " return r.getBoundingClientRect().width })"
    )
    assert near(first.width, letters)
    assert near(second.width / third.width, 2 / 3, 0.01)
    assert near(first.width + second.width + third.width, INNER)


def test_a_column_shares_its_free_height_by_flex(lay: Lay) -> None:
    left = column(text("ก\nก\nก\nก\nก", wrap=True))
    right = column(SEPARATOR, text("ข", flex=2), SEPARATOR, text("ค", flex=3), SEPARATOR)
    card = lay(bubble(body=row(left, right)))
    whole = rects(card, ".body > .flex-box > .flex-box")
    assert whole[0].height == whole[1].height
    two, three = rects(card, ".body > .flex-box > :nth-child(2) > .flex-text")
    free = whole[1].height - 2 * 22.4 - 3
    assert near(two.height, 22.4 + free * 2 / 5)
    assert near(three.height, 22.4 + free * 3 / 5)


def test_a_box_with_a_size_takes_no_share(lay: Lay) -> None:
    card = lay(bubble(body=row(filled("80px"), filled("25%", flex=3), text("ก"))))
    assert [round(rect.width) for rect in children(card)] == [80, 65, INNER - 145]
    card = lay(bubble(body=column(filled(width="50%", height="44px"), height="200px")))
    assert [(rect.width, rect.height) for rect in children(card)] == [(130, 44)]


def test_the_most_of_a_size_wins(lay: Lay) -> None:
    card = lay(bubble(body=column(filled("90%", "90px", maxWidth="100px", maxHeight="20px"))))
    assert [(rect.width, rect.height) for rect in children(card)] == [(100, 20)]


@pytest.mark.parametrize(("word", "pixels"), SPACES.items())
@pytest.mark.parametrize("layout", [row, column])
def test_spacing_and_margin(lay: Lay, layout: Callable[..., Part], word: str, pixels: int) -> None:
    parts = (filled(), filled(), filled(margin=word), filled(margin="3px"))
    one, two, three, four = children(lay(bubble(body=layout(*parts, spacing=word))))
    if layout is row:
        gaps = [two.x - one.right, three.x - two.right, four.x - three.right]
    else:
        gaps = [two.y - one.bottom, three.y - two.bottom, four.y - three.bottom]
    assert [round(gap) for gap in gaps] == [pixels, pixels, 3]


def test_a_first_part_s_margin_counts_and_a_filler_has_no_spacing(lay: Lay) -> None:
    card = lay(bubble(body=row(filled(margin="lg"), FILLER, filled(), spacing="xl")))
    first, filler, last = children(card)
    box = body_box(card)
    assert near(first.x, box.x + 20 + 12)
    assert near(filler.x, first.right)
    assert near(last.right, box.right - 20)


def test_padding(lay: Lay) -> None:
    inner = column(text("ก"), paddingAll="md", paddingTop="30px", paddingStart="10%")
    assert styles(lay(bubble(body=column(inner))), ".body > .flex-box > .flex-box", "padding") == ["30px 8px 8px 26px"]


def test_gravity(lay: Lay, base: str) -> None:
    tall = column(height="200px", width="20px")
    words = [text("ก", gravity=gravity) for gravity in ("top", "center", "bottom")]
    low = picture(f"{base}/a.jpg", size="xxs", gravity="bottom")
    card = lay(bubble(body=row(tall, *words, low)))
    top = children(card)[0].y
    lines = [round(rect.y - top, 1) for rect in rects(card, ".flex-text p")]
    assert lines == [0, 88.8, 177.6]
    assert near(rects(card, ".flex-picture")[0].bottom, top + 200)


JUSTIFIED = {
    "flex-start": [0, 40, 60],
    "center": [75, 115, 135],
    "flex-end": [150, 190, 210],
    "space-between": [0, 115, 210],
    "space-around": [25, 115, 185],
    "space-evenly": [37.5, 115, 172.5],
}


@pytest.mark.parametrize(("word", "places"), JUSTIFIED.items())
def test_free_space_on_the_main_axis(lay: Lay, word: str, places: list[float]) -> None:
    parts = (filled("40px", flex=0), filled("20px", flex=0), filled("50px", flex=0))
    card = lay(bubble(body=row(*parts, justifyContent=word)))
    left = body_box(card).x + 20
    assert [round(rect.x - left, 1) for rect in children(card)] == places


@pytest.mark.parametrize(("word", "share"), [("flex-start", 0), ("center", 0.5), ("flex-end", 1)])
def test_alignment_on_the_cross_axis(lay: Lay, word: str, share: float) -> None:
    card = lay(bubble(body=row(filled(height="100px"), filled(height="30px"), alignItems=word)))
    high, low = children(card)
    assert near(low.y - high.y, 70 * share)
    card = lay(bubble(body=column(filled("100px"), text("ก"), alignItems=word)))
    box, letters = body_box(card), children(card)[1]
    assert near(letters.x - box.x - 20, (INNER - letters.width) * share)


def test_offsets(lay: Lay) -> None:
    moved = filled(offsetTop="10px", offsetStart="40px", position="relative")
    pinned = filled("auto", "auto", position="absolute", offsetTop="10px", offsetBottom="20px", offsetStart="40px")
    pinned |= {"offsetEnd": "25%"}
    pinned = {key: value for key, value in pinned.items() if value != "auto"}
    card = lay(bubble(body=column(filled(height="100px"), moved, pinned)))
    box, (first, second, third) = body_box(card), children(card)
    assert near(second.x, first.x + 40)
    assert near(second.y, first.bottom + 10)
    assert near(box.height, 19 + 130 + 20)  # what is pinned takes no room
    assert near(third.x, box.x + 40)
    assert near(third.right, box.right - 75)
    assert near(third.y, box.y + 10)
    assert near(third.bottom, box.bottom - 20)
    clipped = bubble(body=column(column(filled("400px", "90px", position="absolute"), height="40px", width="100px")))
    assert styles(lay(clipped), ".body > .flex-box > .flex-box", "overflow") == ["hidden"]


@pytest.mark.parametrize(
    ("word", "pixels"), [("light", 0.5), ("normal", 1), ("medium", 2), ("semi-bold", 3), ("bold", 4), ("6px", 6)]
)
def test_borders(lay: Lay, word: str, pixels: float) -> None:
    card = lay(bubble(body=column(filled(borderWidth=word, borderColor="#112233", cornerRadius="xl"))))
    [drawn] = styles(card, ".body > .flex-box > .flex-box", "borderTopWidth")
    assert float(drawn.removesuffix("px")) == max(1, pixels)  # a screen of one dot a pixel draws no thinner line
    assert styles(card, ".body > .flex-box > .flex-box", "borderTopColor") == ["rgb(17, 34, 51)"]
    assert styles(card, ".body > .flex-box > .flex-box", "borderRadius") == ["16px"]


def test_gradients(lay: Lay) -> None:
    shade = {"type": "linearGradient", "angle": "45deg", "startColor": "#ff0000", "endColor": "#0000ff80"}
    three = {**shade, "angle": "0deg", "centerColor": "#00ff00", "centerPosition": "10%"}
    card = lay(bubble(body=column(filled(background=shade), filled(background=three))))
    assert styles(card, ".body > .flex-box > .flex-box", "backgroundImage") == [
        "linear-gradient(45deg, rgb(255, 0, 0), rgba(0, 0, 255, 0.5))",
        "linear-gradient(0deg, rgb(255, 0, 0), rgb(0, 255, 0) 10%, rgba(0, 0, 255, 0.5))",
    ]


def test_buttons(lay: Lay) -> None:
    card = lay(
        bubble(
            body=column(
                button("หลัก", style="primary", color="#112233"),
                button("รอง", style="secondary", height="sm"),
                button("ลิงก์", color="#445566"),
            )
        )
    )
    assert [rect.height for rect in children(card)] == [52, 40, 52]
    assert styles(card, ".flex-button", "backgroundColor")[0] == "rgb(17, 34, 51)"
    assert styles(card, ".flex-button", "color")[2] == "rgb(68, 85, 102)"


def test_separators(lay: Lay) -> None:
    across, along = {**SEPARATOR, "margin": "md", "color": "#ff0000"}, SEPARATOR
    looks = {"separator": True, "separatorColor": "#00ff00", "backgroundColor": "#eeeeee"}
    box = column(text("ก"), across, row(text("ข"), along, text("ค")))
    card = lay(bubble(header=column(text("ก")), body=box, styles={"header": looks, "body": looks}))
    lines = rects(card, ".flex-separator")
    assert [(round(rect.width), round(rect.height)) for rect in lines] == [(300, 1), (260, 1), (1, 22)]
    assert styles(card, ".flex-separator", "backgroundColor")[:2] == ["rgb(0, 255, 0)", "rgb(255, 0, 0)"]
    assert styles(card, ".flex-block", "backgroundColor") == ["rgb(238, 238, 238)"] * 2


def test_right_to_left(lay: Lay) -> None:
    inner = row(filled(margin="md"), filled(margin="lg", offsetStart="5px"), paddingStart="30px")
    card = lay(bubble(direction="rtl", body=column(text("א"), inner)))
    box = rects(card, ".body > .flex-box > .flex-box")[0]
    first, second = rects(card, ".body > .flex-box > .flex-box > *")
    assert near(first.right, box.right - 30 - 8)
    assert near(second.right, first.x - 12 - 5)
    assert styles(card, ".flex-text", "textAlign") == ["start"]


def test_a_carousel_s_bodies_grow_together(lay: Lay) -> None:
    tall = bubble(size="nano", body=column(text("สูง\nสูง\nสูง", wrap=True)), footer=column(text("ท้าย")))
    low = bubble(size="nano", body=column(text("ต่ำ")), footer=column(text("ท้าย")))
    bare = bubble(size="nano", hero=column(text("ไม่มีเนื้อ")))
    card = lay({"type": "carousel", "contents": [tall, low, bare]})
    one, two, three = rects(card, ".flex-bubble")
    assert one.height == two.height > three.height
    assert near(two.x - one.right, 8)
    feet = rects(card, ".footer")
    assert near(feet[0].y, feet[1].y)


def test_a_clip_on_top_keeps_its_shape(lay: Lay, base: str) -> None:
    alternative = picture(f"{base}/a.jpg")
    hero = {"type": "video", "url": f"{base}/a.mp4", "previewUrl": f"{base}/a.jpg", "altContent": alternative}
    card = lay(bubble(hero={**hero, "aspectRatio": "16:9"}, body=column(text("ก"))))
    [drawn] = rects(card, "video")
    assert near(drawn.width, 300)
    assert near(drawn.height, 168.75)
