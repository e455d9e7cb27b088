"""The pages on which nobody is known (everything under /a/): who asks is forgotten before anything else sees it.

No log line is written about them, whatever happens there; a fault is told at the next full hour, without its moment.
"""

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from saisaat.domain.anonymity import mark
from saisaat.domain.cadence import local_day

log = logging.getLogger(__name__)

PREFIX = "/a/"
A_DAY_FROM_ONE_PLACE = 12
AN_HOUR_INTO_ONE_GROUP = 30
_HEADERS = {"HTTP_HOST", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_X_FORWARDED_PROTO"}
_REFUSALS = (Http404, PermissionDenied, SuspiciousOperation)
_OURSELVES = {"127.0.0.1", "::1", ""}


class Gate:
    """How much is taken in from one place in a day and into one group in an hour, counted in memory only.

    A place is the HMAC of its address under a salt that is forgotten at midnight. Behind a proxy of this machine all
    come from one place, so that only the groups' limit holds; the proxy has a limit of its own. Each process counts for
    itself: of several, each lets as much through.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin(date.min)

    def _begin(self, day: date) -> None:
        self._day, self._salt = day, secrets.token_bytes(32)
        self._counts: Counter[tuple[bytes | datetime, str]] = Counter()

    def place(self, address: str) -> bytes:
        """What stands for an address until midnight; empty where it says nothing."""
        if address in _OURSELVES:
            return b""
        return hmac.new(self._salt, address.encode(), hashlib.sha256).digest()

    def admits(self, place: bytes, group: str, now: datetime) -> bool:
        """Whether one more may come in; it is counted if so."""
        with self._lock:
            if local_day(now) != self._day:
                self._begin(local_day(now))
            hour, day = (mark(now), group), (place, "")
            if self._counts[hour] >= AN_HOUR_INTO_ONE_GROUP or (place and self._counts[day] >= A_DAY_FROM_ONE_PLACE):
                return False
            self._counts.update([hour, day])
            return True


gate = Gate()


class Unseen:
    """Outermost of all: takes from the request what could tell somebody apart, and from the answer its cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        forget(request)
        response = self.get_response(request)
        response.cookies.clear()
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: it writes no line of it
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A fault would be logged with its path and moment; here only its kind is kept, and told later."""
        if not request.path_info.startswith(PREFIX) or settings.DEBUG or isinstance(exception, _REFUSALS):
            return None
        _tell_later(exception)
        told = _("ขออภัย ระบบขัดข้อง ยังไม่ได้รับข้อความ โปรดลองใหม่ภายหลัง")
        return HttpResponse(told, status=500, content_type="text/plain")


class NotSaid(logging.Filter):
    """Drops every line that names one of these pages, whoever wrote it: Django refuses a method or a form by itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        return not (path.startswith(PREFIX) or f" {PREFIX}" in record.getMessage())


def forget(request: HttpRequest) -> None:
    """Keep of the request what the page needs: the chosen theme and language, and the form."""
    meta = request.META
    request.place = gate.place(meta.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
    kept = {name: request.COOKIES[name] for name in ("theme", settings.LANGUAGE_COOKIE_NAME) if name in request.COOKIES}
    for name in [name for name in meta if name.startswith("HTTP_") and name not in _HEADERS]:
        del meta[name]
    for name in ("REMOTE_ADDR", "REMOTE_PORT", "REMOTE_HOST", "REMOTE_USER", "CSRF_COOKIE"):
        meta.pop(name, None)
    request.COOKIES.clear()
    request.COOKIES.update(kept)


def _tell_later(exception: Exception) -> None:
    trace = exception.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace is not None else ""
    rest = timedelta(hours=1).total_seconds() - time.time() % 3600
    told = ("a page without names failed since the last hour: %s in %s", type(exception).__name__, where)
    teller = threading.Timer(rest, log.error, told)
    teller.daemon = True
    teller.start()
