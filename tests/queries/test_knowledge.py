from datetime import date

import pytest

from saisaat.domain.errors import Invalid
from saisaat.domain.topics import Audience, Verified, offered
from saisaat.queries.knowledge import knowledge_bank, parse_bank, read_bank

POINT = """\
schema: 1
items:
- id: A1
  topic: หมวด
  headline: หัวข้อ
  body: เนื้อหา
  law: กฎหมาย
  section: มาตรา 1
  verified: text
  source: ที่มา
  applies_to: ทุกคน
  publishable: true
  cite_check: false
"""


@pytest.mark.parametrize("day", [date(2020, 5, 1), date(2020, 7, 15), date(2020, 9, 30)])
def test_the_bank_of_2563_has_82_points_and_45_for_everyone(day):
    assert len(offered(knowledge_bank(), Audience.STAFF, day)) == 82
    assert len(offered(knowledge_bank(), Audience.NETWORK, day)) == 45


def test_every_point_of_the_bank_can_be_used():
    bank = knowledge_bank()
    assert len({topic.id for topic in bank}) == len(bank) == 107
    assert not any(topic.publishable and topic.verified is Verified.MEMORY for topic in bank)
    assert all(len(topic.headline) <= 120 and len(topic.body) <= 300 and topic.source for topic in bank)


def test_the_code_of_2564_replaces_that_of_2552_overnight():
    codes = [topic for topic in knowledge_bank() if topic.topic.startswith("ประมวลจริยธรรม")]
    before = {topic.topic for topic in offered(codes, Audience.STAFF, date(2021, 5, 20))}
    after = {topic.topic for topic in offered(codes, Audience.STAFF, date(2021, 5, 21))}
    assert (before, after) == ({"ประมวลจริยธรรม 2552"}, {"ประมวลจริยธรรม 2564"})


def test_one_reader_or_several_may_be_named():
    several = parse_bank(POINT.replace("ทุกคน", "[ข้าราชการ, พนักงานราชการ]"), "bank.yaml")
    assert several[0].applies_to == ("ข้าราชการ", "พนักงานราชการ")
    assert parse_bank(POINT, "bank.yaml")[0].applies_to == ("ทุกคน",)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "ต้องขึ้นต้น"),
        ("- 1", 1, "ต้องขึ้นต้น"),
        ("schema: 2\nitems: []", 1, "schema"),
        ("schema: 1\nitems: []", 1, "แม้แต่ข้อเดียว"),
        ("schema: 1\nitems: 3", 1, "items ต้องเป็นรายการ"),
        ("schema: 1\nextra: 1\nitems: []", 1, "extra"),
        ("schema: 1\n  items: [", 2, "YAML"),
        ("schema: 1\nschema: 1", 1, "YAML"),
        (POINT.replace("  law: กฎหมาย\n", ""), 3, "ช่อง law"),
        (POINT.replace("headline: หัวข้อ", "headline: ''"), 3, "ช่อง headline"),
        (POINT.replace("headline: หัวข้อ", f"headline: {'ก' * 121}"), 3, "ยาว 121"),
        (POINT.replace("publishable: true", "publishable: maybe"), 3, "true หรือ false"),
        (POINT.replace("verified: text", "verified: memory"), 3, "memory"),
        (POINT.replace("verified: text", "verified: hearsay"), 3, "verified"),
        (POINT.replace("applies_to: ทุกคน", "applies_to: []"), 3, "applies_to"),
        (POINT.replace("applies_to: ทุกคน", "applies_to: 5"), 3, "applies_to"),
        (POINT + "  valid_from: 1 พ.ค. 2563\n", 3, "ค.ศ."),
        (POINT + "  valid_from: '2020-05-02'\n  valid_to: '2020-05-01'\n", 3, "ก่อน valid_from"),
        (POINT + "  valid_form: '2020-05-02'\n", 3, "valid_form"),
        (POINT + POINT.split("items:\n")[1], 14, "ซ้ำ"),
        (POINT + "  body: อีกครั้ง\n", 3, "duplicate"),
        (POINT.replace("เนื้อหา", "!!python/object/apply:os.getcwd []"), 6, "YAML"),
        (POINT.replace("เนื้อหา", "\x00"), 0, "อักขระ"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_line(content, line, reason):
    with pytest.raises(Invalid) as refused:
        parse_bank(content, "bank.yaml")
    assert reason in refused.value.message
    assert f"ไฟล์ bank.yaml{f' บรรทัด {line}:' if line else ':'}" in refused.value.message


def test_an_office_may_read_its_own_file(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(POINT, "utf-8")
    assert [topic.id for topic in read_bank(path)] == ["A1"]
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="own"):
        read_bank(path)
    with pytest.raises(Invalid, match="missing"):
        read_bank(tmp_path / "missing.yaml")
