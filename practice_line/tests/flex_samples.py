"""Flex messages as bots send them: one for each kind of card that is usual, together using every property there is."""

from typing import Any

Part = dict[str, Any]


def text(words: str, **more: Any) -> Part:
    return {"type": "text", "text": words, **more}


def box(layout: str, *contents: Part, **more: Any) -> Part:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def row(*contents: Part, **more: Any) -> Part:
    return box("horizontal", *contents, **more)


def column(*contents: Part, **more: Any) -> Part:
    return box("vertical", *contents, **more)


def baseline(*contents: Part, **more: Any) -> Part:
    return box("baseline", *contents, **more)


def picture(url: str, **more: Any) -> Part:
    return {"type": "image", "url": url, **more}


def button(label: str, uri: str = "", **more: Any) -> Part:
    action = {"type": "uri", "label": label, "uri": uri} if uri else {"type": "postback", "label": label, "data": label}
    return {"type": "button", "action": action, **more}


def span(words: str, **more: Any) -> Part:
    return {"type": "span", "text": words, **more}


def bubble(**blocks: Any) -> Part:
    return {"type": "bubble", **blocks}


def flex(contents: Part, alt: str) -> Part:
    return {"type": "flex", "altText": alt, "contents": contents}


SEPARATOR: Part = {"type": "separator"}
FILLER: Part = {"type": "filler"}


def restaurant(base: str) -> Part:
    """A picture on top, stars on a baseline, label and value in columns, link buttons."""
    stars = [{"type": "icon", "url": f"{base}/star.png", "size": "sm"} for _ in range(5)]
    facts = [
        baseline(
            text(name, color="#767676", size="sm", flex=1),
            text(value, wrap=True, color="#444444", size="sm", flex=5),
            spacing="sm",
        )
        for name, value in (("ที่อยู่", "ถนนริมน้ำ ตำบลในเมือง"), ("เวลา", "10:00 - 23:00 น."))
    ]
    return bubble(
        hero=picture(
            f"{base}/food.png",
            size="full",
            aspectRatio="20:13",
            aspectMode="cover",
            action={"type": "uri", "label": "ดูร้าน", "uri": f"{base}/item"},
        ),
        body=column(
            text("ร้านริมน้ำ", weight="bold", size="xl"),
            baseline(*stars, text("4.0", size="sm", color="#6b6b6b", margin="md", flex=0), margin="md"),
            column(*facts, margin="lg", spacing="sm"),
        ),
        footer=column(
            button("โทร", "tel:021234567", style="link", height="sm"),
            button("เว็บไซต์", f"{base}/item", style="link", height="sm"),
            column(margin="sm", height="4px"),
            spacing="sm",
            flex=0,
        ),
    )


def receipt() -> Part:
    """Names at the start, sums at the end, separators between, a block of small print."""
    goods = [
        row(
            text(name, size="sm", color="#555555", flex=0),
            text(price, size="sm", color="#111111", align="end"),
        )
        for name, price in (("น้ำดื่ม", "14 บาท"), ("ข้าวกล่อง", "45 บาท"), ("ผลไม้", "30 บาท"))
    ]
    total = row(
        text("รวม", size="sm", color="#555555"),
        text("89 บาท", size="sm", weight="bold", align="end"),
    )
    return bubble(
        body=column(
            text("ใบเสร็จ", weight="bold", color="#0a7a3b", size="sm"),
            text("ร้านสวัสดิการ", weight="bold", size="xxl", margin="md"),
            text("อาคาร 1 ชั้นล่าง", size="xs", color="#707070", wrap=True),
            {**SEPARATOR, "margin": "xxl"},
            column(*goods, {**SEPARATOR, "margin": "xxl"}, total, margin="xxl", spacing="sm"),
            {**SEPARATOR, "margin": "xxl"},
            row(
                text("เลขที่ใบเสร็จ", size="xs", color="#707070", flex=0),
                text("#743289384279", color="#707070", size="xs", align="end"),
                margin="md",
            ),
        ),
        styles={"footer": {"separator": True}},
    )


def ticket() -> Part:
    """Stops of a journey: coloured head, dots with corners, lines between them, times before and names after."""

    def stop(time: str, name: str, colour: str) -> Part:
        dot = column(cornerRadius="30px", height="12px", width="12px", borderColor=colour, borderWidth="2px")
        return row(
            text(time, size="sm", gravity="center"),
            column(FILLER, dot, FILLER, flex=0),
            text(name, gravity="center", flex=4, size="sm"),
            spacing="lg",
            cornerRadius="30px",
            margin="xl",
        )

    def leg(how: str, colour: str) -> Part:
        line = row(FILLER, column(width="2px", backgroundColor=colour), FILLER, flex=1)
        return row(
            baseline(FILLER, flex=1),
            column(line, width="12px"),
            text(how, gravity="center", flex=4, size="xs", color="#6b6b6b"),
            spacing="lg",
            height="64px",
        )

    names = [
        column(
            text(label, color="#ffffffcc", size="sm"),
            text(place, color="#ffffff", size="xl", flex=4, weight="bold"),
        )
        for label, place in (("จาก", "สถานีกลาง"), ("ถึง", "สถานีใต้"))
    ]
    return bubble(
        size="mega",
        header=column(
            *names, paddingAll="20px", backgroundColor="#0367D3", spacing="md", height="154px", paddingTop="22px"
        ),
        body=column(
            text("รวม 1 ชั่วโมง", color="#6b6b6b", size="xs"),
            stop("20:30", "สถานีกลาง", "#EF454D"),
            leg("เดิน 4 นาที", "#B7B7B7"),
            stop("20:34", "ท่ารถ", "#6486E3"),
            leg("รถไฟ 1 ชั่วโมง", "#6486E3"),
            stop("21:34", "สถานีใต้", "#6486E3"),
        ),
    )


SEA_SHADE = {
    "type": "linearGradient",
    "angle": "0deg",
    "startColor": "#03303acc",
    "centerColor": "#03303a88",
    "centerPosition": "60%",
    "endColor": "#03303a00",
}


def apparel(base: str) -> Part:
    """A picture under everything, a gradient over it, words placed absolutely, a struck-out price, a corner label."""
    price = baseline(
        text("1,290 บาท", color="#ebebeb", size="sm", flex=0),
        text("1,690 บาท", color="#ffffffcc", decoration="line-through", gravity="bottom", flex=0, size="sm"),
        spacing="lg",
    )
    order = column(
        FILLER,
        row(FILLER, text("ใส่ตะกร้า", color="#ffffff", flex=0), FILLER),
        FILLER,
        borderWidth="1px",
        cornerRadius="4px",
        borderColor="#ffffff",
        margin="xxl",
        height="40px",
    )
    label = column(
        text("ลดราคา", color="#ffffff", align="center", size="xs", offsetTop="3px"),
        position="absolute",
        cornerRadius="20px",
        offsetTop="18px",
        backgroundColor="#b3261e",
        offsetStart="18px",
        height="25px",
        width="63px",
    )
    return bubble(
        body=column(
            picture(f"{base}/cloth.png", size="full", aspectMode="cover", aspectRatio="2:3", gravity="top"),
            column(
                column(text("เสื้อยืดลายคลื่น", size="xl", color="#ffffff", weight="bold")),
                price,
                order,
                position="absolute",
                offsetBottom="0px",
                offsetStart="0px",
                offsetEnd="0px",
                background=SEA_SHADE,
                paddingAll="20px",
                paddingTop="18px",
            ),
            label,
            paddingAll="0px",
        )
    )


def todo() -> Part:
    """Three small cards of equal height with bars that are a share of their track."""
    cards = [
        bubble(
            size="nano",
            header=column(
                text(name, color="#ffffff", align="start", size="md", gravity="center"),
                text(f"{done}%", color="#ffffff", align="start", size="xs", gravity="center", margin="lg"),
                column(
                    column(FILLER, width=f"{done}%", backgroundColor=dark, height="6px"),
                    backgroundColor="#9FD8E36E",
                    height="6px",
                    margin="sm",
                ),
                backgroundColor=light,
                paddingTop="19px",
                paddingAll="12px",
                paddingBottom="16px",
            ),
            body=column(
                row(text(words, color="#6a6a70", size="sm", wrap=True), flex=1), spacing="md", paddingAll="12px"
            ),
            styles={"footer": {"separator": False}},
        )
        for name, done, light, dark, words in (
            ("ทำแล้ว", 70, "#1d6f6b", "#0D8186", "ซื้อนม และซักผ้าให้เสร็จก่อนเที่ยงวัน"),
            ("เหลือ", 30, "#a8443e", "#DE5658", "ล้างรถ"),
            ("สัปดาห์หน้า", 100, "#5f57a8", "#7D51E4", "พบหมอ"),
        )
    ]
    return {"type": "carousel", "contents": cards}


def menu(base: str) -> Part:
    """Big choices with icons, an extra line of small print, one wide button in its own colour."""
    choices = [
        baseline(
            {"type": "icon", "url": f"{base}/star.png", "size": "md", "aspectRatio": "2:1"},
            text(name, weight="bold", margin="sm", flex=0),
            text(f"{heat} กิโลแคลอรี", size="sm", align="end", color="#6b6b6b"),
        )
        for name, heat in (("ชุดใหญ่", 800), ("ชุดเล็ก", 400))
    ]
    return bubble(
        size="kilo",
        hero=picture(f"{base}/food.png", size="full", aspectRatio="20:13", aspectMode="cover"),
        body=column(
            text("ชุดอาหารกลางวัน", size="xl", weight="bold"),
            column(*choices, spacing="sm"),
            text("ข้าว กับสองอย่าง น้ำซุป และผลไม้ตามฤดูกาล", wrap=True, color="#6b6b6b", size="xxs", maxLines=1),
            spacing="md",
            action={"type": "postback", "label": "ดูรายการ", "data": "menu"},
        ),
        footer=column(button("สั่งเลย", style="primary", color="#905c44", margin="xxl")),
        styles={"footer": {"separator": True, "separatorColor": "#d0bfb6", "backgroundColor": "#fbf6f2"}},
    )


def words() -> Part:
    """Every way of setting letters: sizes, spans, wrapping, lines, spacing, alignment, scaling, shrinking."""
    sizes = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "17px")
    spans = [
        span("ตัวหนา ", weight="bold"),
        span("ตัวเอียง ", style="italic", color="#a8443e"),
        span("ขีดเส้นใต้ ", decoration="underline"),
        span("ขีดฆ่า ", decoration="line-through", size="sm"),
        span("ใหญ่", size="xl"),
    ]
    return bubble(
        size="giga",
        body=column(
            row(*(text("ก", size=size, flex=0) for size in sizes), alignItems="flex-end", spacing="xs"),
            {"type": "text", "contents": spans, "wrap": True},
            text("สองบรรทัดเท่านั้น " * 12, wrap=True, maxLines=2, lineSpacing="6px"),
            text("ข้อความยาวที่ย่อให้พอดีกับความกว้างของการ์ดใบนี้ทั้งใบจริง ๆ นะครับ", adjustMode="shrink-to-fit"),
            text("ตามขนาดตัวอักษรที่เลือก", scaling=True, align="center", color="#0b6b63"),
            row(text("เริ่ม", align="start"), text("กลาง", align="center"), text("จบ", align="end")),
            spacing="md",
        ),
    )


def backwards() -> Part:
    """Written from right to left: rows, starts and ends are the other way round."""
    return bubble(
        direction="rtl",
        size="deca",
        body=column(
            text("שלום עולם", size="lg", weight="bold"),
            row(text("א", flex=0), SEPARATOR, text("ב"), spacing="md"),
            paddingStart="30px",
        ),
    )


def clip(base: str) -> Part:
    """A clip on top, with a link below it."""
    return bubble(
        size="mega",
        hero={
            "type": "video",
            "url": f"{base}/clip.mp4",
            "previewUrl": f"{base}/food.png",
            "altContent": picture(f"{base}/food.png", size="full", aspectRatio="16:9"),
            "aspectRatio": "16:9",
            "action": {"type": "uri", "label": "ดูต่อที่เว็บไซต์", "uri": f"{base}/item"},
        },
        body=column(text("คลิปหนึ่งนาที", weight="bold")),
    )


def shop(base: str) -> Part:
    """A carousel whose last card has no body and keeps its height."""
    cards = [
        bubble(
            size="hecto",
            hero=picture(f"{base}/{name}.png", size="full", aspectRatio="20:13", aspectMode="cover"),
            body=column(
                text(title, wrap=True, weight="bold", size="xl"),
                baseline(text(price, weight="bold", size="xl", flex=0), text(".99", weight="bold", size="sm", flex=0)),
                spacing="sm",
            ),
            footer=column(button("ใส่ตะกร้า", style="primary"), button("เก็บไว้", style="secondary"), spacing="sm"),
        )
        for name, title, price in (("cloth", "เสื้อยืด", "฿290"), ("food", "ชุดอาหารกลางวันสำหรับสองคน", "฿590"))
    ]
    more = bubble(size="hecto", hero=column(button("ดูทั้งหมด"), paddingAll="30px"))
    return {"type": "carousel", "contents": [*cards, more]}


def samples(base: str) -> dict[str, Part]:
    """All of them as messages, by name; `base` is where their pictures are."""
    cards = {
        "restaurant": restaurant(base),
        "receipt": receipt(),
        "ticket": ticket(),
        "apparel": apparel(base),
        "todo": todo(),
        "menu": menu(base),
        "words": words(),
        "backwards": backwards(),
        "clip": clip(base),
        "shop": shop(base),
    }
    return {name: flex(card, f"การ์ด {name}") for name, card in cards.items()}
