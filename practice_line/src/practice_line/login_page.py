"""The page on which one picks whom of the practice world to be, and agrees. Thai, or English where asked for."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

WORDS = {
    "th": {
        "title": "เข้าสู่ระบบด้วย LINE (ซ้อม)",
        "practice": "โลกซ้อม ไม่ใช่ LINE จริง",
        "asks": "ขอข้อมูลต่อไปนี้จากบัญชีของคุณ",
        "who": "คุณคือใครในโลกซ้อมนี้",
        "find": "ค้นชื่อ",
        "nobody": "ยังไม่มีใครในโลกซ้อมนี้ สร้างได้ที่ POST /_practice/people",
        "allow": "อนุญาต",
        "deny": "ยกเลิก",
        "other": "English",
        "openid": "รหัสผู้ใช้ภายใน (จำเป็น)",
        "profile": "ข้อมูลโปรไฟล์หลัก (จำเป็น)",
        "email": "ที่อยู่อีเมล",
        "friend": "เพิ่มบัญชีทางการเป็นเพื่อน",
    },
    "en": {
        "title": "Log in with LINE (practice)",
        "practice": "A practice world, not the real LINE",
        "asks": "asks for this from your account",
        "who": "Who are you in this practice world?",
        "find": "Find a name",
        "nobody": "Nobody is in this practice world yet: POST /_practice/people makes people",
        "allow": "Allow",
        "deny": "Cancel",
        "other": "ไทย",
        "openid": "Internal identifier (required)",
        "profile": "Main profile info (required)",
        "email": "Email address",
        "friend": "Add the official account as a friend",
    },
}

# How an app asks for the add friend option.
BOT_PROMPTS = ("normal", "aggressive")

# Below this many names a list is read faster than searched.
MANY = 12

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="/room/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/room/login.css">
<script src="/room/login.js" defer></script>
</head>
<body>
{body}
</body>
</html>
"""


def draw_page(
    app: str, scopes: Iterable[str], people: Iterable[tuple[str, str]], asked: Mapping[str, str], path: str
) -> str:
    """The page for an app called `app`. `asked` are the address's parameters; the form sends them along again."""
    language = "en" if asked.get("ui_locales", "").lower().startswith("en") else "th"
    words = {name: escape(text) for name, text in WORDS[language].items()}
    name = escape(app)
    kept = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in asked.items()
        if key not in {"user_id", "decision", "add_friend"}
    )
    other = "en" if language == "th" else "th"
    address = escape(f"{path}?{urlencode({**asked, 'ui_locales': other})}")
    wishes = "".join(f"<li>{words[scope]}</li>" for scope in scopes)
    body = f"""<main>
<header><p class="mark" aria-hidden="true">{escape(initial(app))}</p><h1>{name}</h1><p>{words["asks"]}</p></header>
<ul class="scopes">{wishes}</ul>
<form method="post" action="{escape(path)}">{kept}
{_choices(list(people), words)}
{_friendship(words) if asked.get("bot_prompt") in BOT_PROMPTS else ""}
<div class="decide"><button name="decision" value="allow" class="allow">{words["allow"]}</button>
<button name="decision" value="deny" formnovalidate>{words["deny"]}</button></div>
</form>
<footer><span>{words["practice"]}</span>
<a href="{address}" hreflang="{other}" lang="{other}">{words["other"]}</a></footer>
</main>"""
    return PAGE.format(language=language, title=words["title"], body=body)


def _choices(people: list[tuple[str, str]], words: Mapping[str, str]) -> str:
    if not people:
        return f'<p class="nobody">{words["nobody"]}</p>'
    rows = "".join(
        f'<li><label><input type="radio" name="user_id" value="{escape(user_id)}" required>'
        f'<span class="face" aria-hidden="true">{escape(initial(name))}</span><span>{escape(name)}</span></label></li>'
        for user_id, name in people
    )
    find = f'<label class="find" hidden>{words["find"]}<input type="search" data-find></label>'
    return (
        f"<fieldset><legend>{words['who']}</legend>{find if len(people) > MANY else ''}"
        f'<ul class="people" tabindex="-1">{rows}</ul></fieldset>'
    )


def _friendship(words: Mapping[str, str]) -> str:
    return f'<p><label><input type="checkbox" name="add_friend" value="1" checked> {words["friend"]}</label></p>'


def initial(name: str) -> str:
    """The first letter that stands alone: a Thai vowel written before its consonant does not."""
    return name.lstrip("เแโใไ ")[:1] or "•"


def draw_word(told: str) -> str:
    """A page with one sentence in Thai."""
    return PAGE.format(language="th", title=escape(told), body=f"<main><p>{escape(told)}</p></main>")


def draw_refusal(told: str) -> str:
    """What LINE shows when it cannot even lead back to the app."""
    body = f'<main class="refused"><h1>400 Bad Request</h1><p>{escape(told)}</p></main>'
    return PAGE.format(language="en", title="400 Bad Request", body=body)
