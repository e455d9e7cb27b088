import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.posters.wording import MAX_PARTS, Body, Headline, Side, is_list, split_body, split_headline, split_sides
from tests.posters.bank import ITEMS

PHRASES = st.lists(
    st.text(st.sampled_from("กขคงนมยรลวะาิีุูเแโใไ่้์ๆฯ0129.,-:()Aaหรือและ"), min_size=1, max_size=30), max_size=14
)


@pytest.mark.parametrize(
    ("headline", "parts"),
    [
        ("วินัยที่ต้องทำ: รักษาความลับของทางราชการ", Headline("วินัยที่ต้องทำ:", "รักษาความลับของทางราชการ", "")),
        (
            "มาตรฐานจริยธรรม ข้อ 4 คิดถึงส่วนรวมมากกว่าส่วนตัว และมีจิตสาธารณะ",
            Headline("มาตรฐานจริยธรรม ข้อ 4", "คิดถึงส่วนรวมมากกว่าส่วนตัว", "และมีจิตสาธารณะ"),
        ),
        ("3,000 บาท คือเพดานรับของโดยธรรมจรรยา", Headline("", "3,000 บาท", "คือเพดานรับของโดยธรรมจรรยา")),
        ("คนกลางวิ่งเต้นก็ผิด", Headline("", "คนกลางวิ่งเต้นก็ผิด", "")),
        ("คุณธรรม 4 ประการ พอเพียง วินัย สุจริต", Headline("", "คุณธรรม 4 ประการ", "พอเพียง วินัย สุจริต")),
        ("", Headline("", "", "")),
    ],
)
def test_headline(headline: str, parts: Headline) -> None:
    assert split_headline(headline) == parts


@pytest.mark.parametrize(
    ("item", "body"),
    [
        (
            "KB050",
            Body(
                "",
                (
                    "กฎหมายกำหนดทั้งสิ่งที่ต้องทำและต้องไม่ทำ",
                    "ถ้าพลาดข้อใดข้อหนึ่งเป็นความผิดวินัย",
                    "จะร้ายแรงหรือไม่ดูที่ลักษณะและความเสียหาย",
                ),
            ),
        ),
        ("KB056", Body("", ("เว้นแต่เป็นความผิดที่ทำโดยประมาทหรือลหุโทษ",))),
        (
            "KB057",
            Body(
                "ภาคทัณฑ์ ตัดเงินเดือน ลดเงินเดือน ปลดออก และไล่ออก",
                ("สามอย่างแรกใช้กับวินัยไม่ร้ายแรง", "สองอย่างหลังใช้กับวินัยร้ายแรง"),
            ),
        ),
        (
            "KB072",
            Body(
                "",
                (
                    "ถ้าได้ทำหนังสือโต้แย้ง ขอให้ทบทวนหรือให้ยืนยันคำสั่งแล้ว",
                    "หรือแจ้ง ป.ป.ช. ภายใน 30 วันนับแต่วันที่ทำการนั้น",
                    "กฎหมายให้เจ้าหน้าที่ผู้ถูกสั่งไม่ต้องรับโทษ",
                ),
            ),
        ),
    ],
)
def test_body(item: str, body: Body) -> None:
    assert split_body(ITEMS[item]["body"]) == body


def test_line_feeds_say_where_to_split() -> None:
    assert split_body("ก่อน\n\nหลัง และต่อ").points == ("ก่อน", "หลัง และต่อ")
    assert split_body("หนึ่ง\nสอง\nสาม\nสี่") == Body("หนึ่ง", ("สอง", "สาม", "สี่"))
    assert split_body(" \n ") == Body("", ())
    assert split_body("1\n2\n3\n4\n5") == Body("", ("1 2 3 4 5",))


@pytest.mark.parametrize("item_id", ITEMS)
def test_no_word_of_the_bank_is_lost_or_moved(item_id: str) -> None:
    item = ITEMS[item_id]
    head, body = split_headline(item["headline"]), split_body(item["body"])
    assert " ".join(filter(None, (head.eyebrow, head.first, head.second))) == item["headline"]
    assert " ".join(filter(None, (body.lead, *body.points))) == " ".join(item["body"].split())


@given(PHRASES)
def test_no_word_of_any_text_is_lost_or_moved(phrases: list[str]) -> None:
    text = " ".join(" ".join(phrases).split())
    head, body = split_headline(text), split_body(text)
    assert " ".join(filter(None, (head.eyebrow, head.first, head.second))) == text
    assert " ".join(filter(None, (body.lead, *body.points))) == text
    assert len(body.points) + bool(body.lead) <= MAX_PARTS


def test_a_part_never_begins_between_figure_and_unit() -> None:
    for item in ITEMS.values():
        for point in split_body(item["body"]).points[1:]:
            assert not point.startswith(("บาท", "วัน", "ปี", "ข้อ", "ๆ", "ป.ป.ช.", "ก.พ.")), point


@pytest.mark.parametrize(
    ("body", "sides"),
    [
        ("ทำได้:\nก\nข\nทำไม่ได้:\nค", (Side("ทำได้", ("ก", "ข"), True), Side("ทำไม่ได้", ("ค",), False))),
        ("ห้าม: รับเงิน\n\nควร: ปฏิเสธ\nรายงาน", (Side("ห้าม", ("รับเงิน",), False), Side("ควร", ("ปฏิเสธ", "รายงาน"), True))),
        ("หน้าที่เรา:\nก\nสิทธิประชาชน:\nข", (Side("หน้าที่เรา", ("ก",), True), Side("สิทธิประชาชน", ("ข",), True))),
        ("Do:\nask\nDon't:\nguess", (Side("Do", ("ask",), True), Side("Don't", ("guess",), False))),
        ("", None),
        ("ก\nข", None),
        ("ทำได้:\nก", None),
        ("ก่อน\nทำได้:\nก\nทำไม่ได้:\nข", None),
        ("ทำได้:\nทำไม่ได้:\nข", None),
        ("ทำได้:\n1\n2\n3\n4\n5\nทำไม่ได้:\nข", None),
        ("ก:\nข\nค:\nง\nจ:\nฉ", None),
    ],
)
def test_two_sides(body: str, sides: tuple[Side, Side] | None) -> None:
    assert split_sides(body) == sides


@given(st.text(st.sampled_from("กขค: /\nไม่"), max_size=60))
def test_two_sides_or_none_of_any_text(body: str) -> None:
    sides = split_sides(body)
    assert sides is None or all(1 <= len(side.points) <= MAX_PARTS and side.title.strip() for side in sides)


@pytest.mark.parametrize(
    ("points", "listed"),
    [
        ((), False),
        (("หนึ่ง",), False),
        (("มาตรงเวลา", "อยู่ปฏิบัติงาน"), True),
        (("มาตรงเวลา", "และอยู่ปฏิบัติงาน"), False),
        (("ผ่านลำดับบังคับบัญชา", "เว้นแต่ได้รับอนุญาต"), False),
    ],
)
def test_only_a_list_is_counted(points: tuple[str, ...], listed: bool) -> None:
    assert is_list(points) is listed
