"""What surrounds every page: the content security policy, and the language the reader chose."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from saisaat.records.models import Account

NONE, SELF = "'none'", "'self'"
POLICY = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "font-src": SELF,
    "connect-src": SELF,
    "media-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}

Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Nothing is loaded from elsewhere, and nothing written into a page is run; but for what a page said by `allow`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = policy(getattr(request, _MORE, {}))
        return response


_MORE = "policy_more"


def allow(request: HttpRequest, **sources: Sequence[str]) -> None:
    """The page that answers `request` may have these as well: `allow(request, script_src=["https://..."])`."""
    more = vars(request).setdefault(_MORE, {})
    for name, wanted in sources.items():
        more.setdefault(name.replace("_", "-"), []).extend(wanted)


def policy(more: Mapping[str, Sequence[str]]) -> str:
    """The header's text: the strict policy, and what a page needs beyond it."""
    return "; ".join(
        " ".join([name, *([usual] if usual != NONE or name not in more else []), *more.get(name, ())])
        for name, usual in POLICY.items()
    )


class ChosenLanguage:
    """The reader's choice, else the office's, else Thai, whatever the browser would like: the office speaks Thai."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else _language_of_the_office(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of_the_office(request: HttpRequest) -> str:
    account = getattr(request, "user", None)
    return account.province.language if isinstance(account, Account) else settings.LANGUAGE_CODE
