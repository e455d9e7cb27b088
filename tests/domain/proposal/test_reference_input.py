"""The reference proposal, where it lies beside the repository; it is not part of the project and not carried along."""

from pathlib import Path

import pytest

from saisaat.domain.proposal import read

REFERENCE = Path(__file__).parents[4] / "shared" / "inputs" / "nakhon-sawan-2563.txt"

pytestmark = pytest.mark.skipif(not REFERENCE.exists(), reason=f"no reference input at {REFERENCE}")


@pytest.fixture(scope="module")
def got() -> dict:
    return read(REFERENCE.read_text(encoding="utf-8")).to_json()


def test_labels(got: dict) -> None:
    assert got["title"] == "Application Line สร้างสรรค์งาน พช.นครสวรรค์ใสสะอาด ปี ๒"
    assert got["org"] == "สำนักงานพัฒนาชุมชนจังหวัดนครสวรรค์"
    assert got["code"] == "LS /๒๕๖๓"
    assert got["place"] == "สื่อกลุ่ม Line ของสำนักงานพัฒนาชุมชนจังหวัดนครสวรรค์"


def test_sections_in_order(got: dict) -> None:
    assert " ".join(got["sections"]) == (
        "code title org rationale objectives target method period place budget expected kpi proposer endorser approver"
    )
    assert got["empty_sections"] == []


def test_figures(got: dict) -> None:
    assert got["target"]["people"] == 104
    assert got["target"]["text"].endswith("และองค์กรเครือข่าย")
    assert got["period"] == {"start": "2020-05-01", "end": "2020-09-30"}
    assert got["period_text"] == "ตั้งแต่เดือน พฤษภาคม - กันยายน ๒๕๖๓"
    assert got["budget_baht"] == 0
    assert [(kpi["no"], kpi["percent"]) for kpi in got["kpis"]] == [("9.1", 95), ("9.2", 95)]
    assert [(quota["kind"], quota["at_least"], quota["per"]) for quota in got["quotas"]] == [
        ("poster", 3, "week"),
        ("clip", 1, "month"),
    ]


def test_points(got: dict) -> None:
    assert (len(got["objectives"]), len(got["expected"]), len(got["method"])) == (2, 2, 6)
    assert "คุณธรรม จริยธรรม วินัย ส่งผ่านกลุ่ม Line" in got["method"][1]
    assert "ทุกครั้งที่มีการเผยแพร่" in got["monitoring"]


def test_signatures(got: dict) -> None:
    assert [(item["role"], item["position"], item["date"], item["acting_for"]) for item in got["signatures"]] == [
        ("proposer", "หัวหน้าฝ่ายอำนวยการ", "2020-04-29", None),
        ("endorser", "พัฒนาการจังหวัดนครสวรรค์", "2020-04-29", None),
        ("approver", "รองผู้ว่าราชการจังหวัดนครสวรรค์", "2020-04-30", "ผู้ว่าราชการจังหวัดนครสวรรค์"),
    ]
    assert all(item["name"].startswith("นาย") for item in got["signatures"])


def test_what_does_not_agree_is_asked(got: dict) -> None:
    asked = [(warning["field"], warning["lines"]) for warning in got["warnings"]]
    assert asked == [("title", [72, 84, 96]), ("code", [3]), ("kpis", [68, 70]), ("kpis", [22, 70])]
