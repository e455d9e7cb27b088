"""Letters, icons and pictures of Flex cards, measured in a browser. The pixels are those of LINE's Flex simulator."""

import pytest
from flex_samples import baseline, bubble, button, column, picture, row, span, text
from flex_stage import INNER, Lay, body_box, children, near, rects, styles
from room_stage import IN_BROWSER

pytestmark = IN_BROWSER

LETTERS = {
    "xxs": 11, "xs": 13, "sm": 14, "md": 16, "lg": 19, "xl": 22, "xxl": 29, "3xl": 35, "4xl": 48, "5xl": 74, "33px": 33,
}  # fmt: skip
PICTURES = {
    "xxs": 40, "xs": 60, "sm": 80, "md": 100, "lg": 120, "xl": 140, "xxl": 160, "3xl": 180, "4xl": 200, "5xl": 220,
    "full": 260, "50%": 130, "73px": 73,
}  # fmt: skip


def test_a_baseline_box_stands_on_one_line(lay: Lay, base: str) -> None:
    icon = {"type": "icon", "url": f"{base}/star.png", "size": "xl", "aspectRatio": "2:1"}
    parts = [icon, text("ก", size="5xl", flex=0), text("ข", size="xs", flex=0), text("ค", size="xxl")]
    card = lay(bubble(body=baseline(*parts)))
    lines = card.locator(".flex-text p").evaluate_all(
        "ps => ps.map(p => { const mark = document.createElement('span'); mark.style.display = 'inline-block';"
        " p.prepend(mark); const y = mark.getBoundingClientRect().bottom; mark.remove(); return y })"
    )
    [drawn] = rects(card, ".flex-icon > *")
    assert all(near(line, lines[0]) for line in [*lines, drawn.bottom])
    assert near(drawn.height, 22)
    assert near(drawn.width, 44)


@pytest.mark.parametrize(("word", "pixels"), PICTURES.items())
def test_picture_sizes_and_shapes(lay: Lay, base: str, word: str, pixels: int) -> None:
    card = lay(bubble(body=column(picture(f"{base}/a.jpg", size=word, aspectRatio="20:13"))))
    [drawn] = rects(card, ".flex-picture")
    assert near(drawn.width, pixels)
    assert near(drawn.height, pixels * 13 / 20)
    assert near(drawn.x - children(card)[0].x, (INNER - pixels) / 2)  # in the middle, if it does not say


def test_a_picture_is_never_wider_than_its_share(lay: Lay, base: str) -> None:
    card = lay(bubble(body=row(picture(f"{base}/a.jpg", size="5xl"), text("ก", flex=3))))
    [drawn] = rects(card, ".flex-picture")
    assert (drawn.width, drawn.height) == (65, 65)


def test_pictures_are_aligned_and_fitted(lay: Lay, base: str) -> None:
    parts = [picture(f"{base}/a.jpg", size="xxs", align=align) for align in ("start", "center", "end")]
    cover = picture(f"{base}/a.jpg", size="xxs", aspectMode="cover", backgroundColor="#ff0000")
    card = lay(bubble(body=column(*parts, cover)))
    left = body_box(card).x + 20
    assert [round(rect.x - left) for rect in rects(card, ".flex-picture")] == [0, 110, 220, 110]
    assert styles(card, ".flex-picture", "objectFit") == ["contain", "contain", "contain", "cover"]
    assert styles(card, ".flex-picture", "backgroundColor")[-1] == "rgb(255, 0, 0)"


@pytest.mark.parametrize(("word", "pixels"), LETTERS.items())
def test_letter_sizes(lay: Lay, word: str, pixels: int) -> None:
    card = lay(bubble(body=column(text("ก", size=word))))
    assert styles(card, ".flex-text p", "fontSize") == [f"{pixels}px"]
    assert near(children(card)[0].height, pixels * 1.4)


def test_lines(lay: Lay) -> None:
    words = "คำ " * 60
    card = lay(
        bubble(
            body=column(
                text(words),
                text(words, wrap=True, maxLines=3),
                text("ก\nข\nค", wrap=True, lineSpacing="10px"),
                text("ก\nข", wrap=False),
            )
        )
    )
    assert [round(rect.height, 1) for rect in children(card)] == [22.4, 67.2, 87.2, 22.4]


def test_letters_dress_by_text_and_span(lay: Lay) -> None:
    spans = [span("ก", decoration="none"), span("ข", size="xl", weight="bold", style="italic", color="#112233")]
    part = {"type": "text", "contents": spans, "decoration": "line-through", "weight": "regular"}
    card = lay(bubble(body=column(part)))
    assert styles(card, ".flex-text p", "textDecorationLine") == ["line-through"]  # a span cannot take it away
    assert styles(card, ".flex-text span", "fontSize") == ["16px", "22px"]
    assert styles(card, ".flex-text span", "fontWeight") == ["400", "700"]
    assert styles(card, ".flex-text span", "fontStyle") == ["normal", "italic"]
    assert styles(card, ".flex-text span", "color")[1] == "rgb(17, 34, 51)"


def test_letters_shrink_to_fit(lay: Lay) -> None:
    words = "ยาวกว่าการ์ดสักหน่อย แต่ย่อแล้วพอ"
    words += "ดีพอดี"
    card = lay(bubble(body=column(text(words, adjustMode="shrink-to-fit"), button(words, adjustMode="shrink-to-fit"))))
    letters = card.locator(".flex-text p, .flex-button span")
    assert letters.evaluate_all("nodes => nodes.every(n => n.scrollWidth <= n.clientWidth + 1)")
    sizes = styles(card, ".flex-text p, .flex-button span", "fontSize")
    assert all(9.6 <= float(size.removesuffix("px")) < 16 for size in sizes)


def test_scaling_follows_the_letter_size_of_the_room(lay: Lay, base: str) -> None:
    icon = {"type": "icon", "url": f"{base}/a.jpg", "scaling": True}
    card = lay(bubble(body=baseline(icon, text("ก"), text("ข", scaling=True))))
    chosen = card.page.get_by_label("ขนาดตัวอักษร")
    chosen.select_option("large")
    assert styles(card, ".flex-icon, .flex-text", "fontSize") == ["19.2px", "16px", "19.2px"]
    chosen.select_option("normal")
