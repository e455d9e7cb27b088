"""No Thai of the program reaches an English page untranslated.

Every Thai text in the code is handed to gettext, is a phrase or a refusal (which the pages translate), or is excused
below with the reason why no English reader needs it.
"""

import ast
import re
from pathlib import Path
from typing import cast

import pytest

from tools.messages import TOLD_BY

SAISAAT = Path(__file__).parents[2] / "saisaat"
TRANSLATING = {"_", "gettext", "gettext_lazy"} | TOLD_BY
"""What a Thai text may be given to, as the first argument."""

EXCUSED = {
    # Documents, drawings and file names are Thai by purpose.
    "campaign/papers.py": ["คำสั่งแต่งตั้งคณะทำงาน ", "ฉบับร่าง"],
    "clips/views.py": ["คลิปประจำเดือน"],
    "plan/exports.py": ["แผนปฏิบัติการ-", "ถอนออกจากแผน: "],
    # Letters that are looked for.
    "line_look.py": ["เแโใไ \"'“”()"],
    "templatetags/people.py": ["ก", "ก"],
    # A number that stays with its word; "o'clock" on Thai pages alone.
    "templatetags/saisaat.py": [" น.", " (?=[0-9๐-๙(])"],
}
"""Thai texts of the pages that are not translated, by module."""

THAI_BY_PURPOSE = {
    "actions/announce.py": "the title of an entry, as the groups read it",
    "actions/compose.py": "messages to the groups",
    "actions/receive.py": "the name a new group has until a person names it",
    "channels/console/__init__.py": "the rehearsal's screen",
    "channels/line/render.py": "a button in the group",
    "channels/practice.py": "the names of practice groups",
    "domain/answers.py": "a message to the group",
    "domain/clip_links.py": "the digits of Thai",
    "domain/closing.py": "kinds of comments as a close-out keeps them; the filter `comment_record` translates them",
    "domain/feedback": "words looked for in comments",
    "domain/intake.py": "what a duty officer types in the group",
    "domain/plan.py": "titles of entries, as the groups read them",
    "domain/plan_changes.py": "a line to the groups",
    "domain/remarks.py": "remarks, each of which is in the catalogue",
    "domain/proposal/": "words looked for in proposals",
    "domain/redaction.py": "what is looked for in comments, and what stands in its place",
    "domain/staff_list/": "words looked for in staff lists, and written into exported ones",
    "domain/staff.py": "posts and levels by which people are sorted",
    "domain/thai.py": "the Thai language",
    "domain/topics.py": "an audience as the knowledge bank names it",
    "domain/usernames.py": "letters that a username may have",
    "domain/working_group.py": "the first draft of an order, which is Thai",
    "posters/days.py": "words on posters",
    "posters/icons.py": "words looked for in topics",
    "posters/make.py": "words on posters",
    "posters/spec.py": "words that go with a poster",
    "posters/styles.py": "names of styles, with the English beside them",
    "posters/wording.py": "words looked for in headlines",
    "queries/calendar.py": "the name of a day looked for",
    "queries/papers.py": "words of orders",
    "queries/season_report.py": "words of the report",
    "typesetting/thai_text.py": "the Thai language",
}
"""Modules, by the beginning of their path, whose other Thai is for Thai readers or is not said to anybody."""

TROUBLE = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
"""Pages for when nothing is known of the reader: each says it in Thai and in English."""


def is_thai(text: str) -> bool:
    return re.search(r"[\u0e00-\u0e7f]", text) is not None


def untranslated(path: Path) -> list[str]:
    """The Thai texts of a module that are neither documentation nor given to something that translates them."""
    tree = ast.parse(path.read_text("utf-8"))
    given = first_arguments(tree)
    named = {argument.id for argument in given if isinstance(argument, ast.Name)}
    given += [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in named for t in node.targets)
    ]
    given += [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]  # docstrings
    fine = {id(node) for node in given if isinstance(node, ast.Constant)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [str(text.value) for text in texts if id(text) not in fine and is_thai(str(text.value))]


def first_arguments(tree: ast.Module) -> list[ast.expr]:
    """What is given to something that translates."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [call.args[0] for call in calls if call.args and cast(ast.Name, call.func).id in TRANSLATING]


def modules(layer: str) -> list[Path]:
    return sorted((SAISAAT / layer).rglob("*.py"))


def test_every_thai_text_of_the_pages_is_translated() -> None:
    found = {str(path.relative_to(SAISAAT / "web")): sorted(untranslated(path)) for path in modules("web")}
    assert {name: texts for name, texts in found.items() if texts} == {n: sorted(t) for n, t in EXCUSED.items()}


@pytest.mark.parametrize("layer", ["actions", "channels", "domain", "posters", "queries", "typesetting"])
def test_every_thai_text_below_the_pages_is_a_phrase_or_for_thai_readers(layer: str) -> None:
    found = [str(path.relative_to(SAISAAT)) for path in modules(layer) if untranslated(path)]
    purposes = tuple(name for name in THAI_BY_PURPOSE if name.startswith(f"{layer}/"))
    assert [name for name in found if not name.startswith(purposes)] == []
    assert [name for name in purposes if not any(path.startswith(name) for path in found)] == [], "no longer needed"


@pytest.mark.parametrize("layer", ["actions", "channels", "documents", "domain", "posters", "queries", "web"])
def test_what_changes_in_a_sentence_is_given_beside_it(layer: str) -> None:
    """A sentence put together on the spot is in no catalogue."""
    for path in modules(layer):
        for argument in first_arguments(ast.parse(path.read_text("utf-8"))):
            assert not isinstance(argument, ast.JoinedStr | ast.BinOp), f"{path}:{argument.lineno}"


TAGS = re.compile(
    r"\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}|\{%\s*trans(?:late)?\s.*?%\}|_\((?:\"[^\"]*\"|'[^']*')\)"
    r"|\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}",
    re.DOTALL,
)


def test_every_thai_text_of_the_templates_is_translated() -> None:
    root = SAISAAT / "web" / "templates"
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.*")
        if is_thai(TAGS.sub("", path.read_text("utf-8"))) and path.name not in TROUBLE
    }
    assert found == {"saisaat/plan/month.html"}, "there a weekday loses its first word, in Thai"


def test_scripts_say_nothing_of_their_own() -> None:
    static = SAISAAT / "web" / "static" / "saisaat"
    assert [path.name for path in static.rglob("*.js") if is_thai(path.read_text("utf-8"))] == []
