from datetime import date

import pytest

from saisaat.domain.errors import NotNow
from saisaat.domain.topics import Audience, check_fits, citation, offered, suits, valid_on
from tests.domain.topic_bank import make_topic


def test_an_unchecked_section_is_not_printed():
    assert citation(make_topic(9)) == "พ.ร.บ.ตัวอย่าง พ.ศ. 2550 มาตรา 9"
    assert citation(make_topic(9, cite_check=True)) == "พ.ร.บ.ตัวอย่าง พ.ศ. 2550"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 4, 30), False),
        (date(2020, 5, 1), True),
        (date(2020, 5, 31), True),
        (date(2020, 6, 1), False),
    ],
)
def test_validity_includes_both_ends(day, expected):
    assert valid_on(make_topic(1, valid_from=date(2020, 5, 1), valid_to=date(2020, 5, 31)), day) is expected


@pytest.mark.parametrize(
    ("applies_to", "network"),
    [(("ทุกคน",), True), (("ข้าราชการ",), False), (("ผู้บังคับบัญชา",), False), (("ข้าราชการ", "ทุกคน"), True)],
)
def test_staff_may_learn_everything_and_partners_only_what_is_for_everyone(applies_to, network):
    topic = make_topic(1, applies_to=applies_to)
    assert suits(topic, Audience.STAFF)
    assert suits(topic, Audience.NETWORK) is network


def test_offered_leaves_out_what_may_not_be_published():
    day = date(2020, 5, 1)
    bank = [make_topic(1), make_topic(2, publishable=False), make_topic(3, valid_from=date(2021, 1, 1))]
    assert [topic.id for topic in offered(bank, Audience.NETWORK, day)] == ["T001"]


@pytest.mark.parametrize(
    ("changes", "audience", "said"),
    [
        ({}, Audience.NETWORK, None),
        ({"applies_to": ("ข้าราชการ",)}, Audience.STAFF, None),
        ({"applies_to": ("ข้าราชการ",)}, Audience.NETWORK, "ภาคีเครือข่าย"),
        ({"valid_to": date(2020, 5, 1)}, Audience.STAFF, "ไม่มีผลใช้บังคับ"),
        ({"publishable": False}, Audience.STAFF, "ยังไม่ได้ตรวจ"),
    ],
)
def test_why_a_point_may_not_be_told(changes, audience, said):
    topic = make_topic(1, **changes)
    if said is None:
        check_fits(topic, audience, date(2020, 5, 13))
    else:
        with pytest.raises(NotNow, match=said):
            check_fits(topic, audience, date(2020, 5, 13))
