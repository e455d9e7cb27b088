"""Who may open a page of one office's people: a role for the whole province, or for that office."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from saisaat.domain.errors import NotAllowed
from saisaat.domain.roles import Deed, check_may, offices_open_to
from saisaat.queries import people
from saisaat.records.models import Office, Person
from saisaat.web.access import Guarded, P, View, Visit, needs


def needs_somewhere(deed: Deed) -> Callable[[Guarded[P]], View[P]]:
    """The page opens to whoever may do `deed` to at least one office's people; what it shows is narrowed to these."""

    def decorate(view: Guarded[P]) -> View[P]:
        @wraps(view)
        def narrowed(request: HttpRequest, visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if offices_open_to(visit.actor, deed) == frozenset():
                try:
                    check_may(visit.actor, deed)
                except NotAllowed as refusal:
                    raise PermissionDenied(refusal.message) from refusal
            return view(request, visit, *args, **kwargs)

        guarded = needs(Deed.SEE)(narrowed)
        guarded.deed = deed  # type: ignore[attr-defined]  # as `needs` marks its views
        return guarded

    return decorate


def the_person(visit: Visit, person_id: str) -> Person:
    """The person, if the visitor may see the people of their office."""
    found = people.person(visit.province, person_id)
    if found is None or not visit.may(Deed.SEE_PEOPLE, str(found.office_id)):
        raise Http404(_("ไม่พบบุคคลนี้"))
    return found


def the_office(visit: Visit, office_id: str) -> Office:
    found = people.office(visit.province, office_id)
    if found is None or not visit.may(Deed.SEE_PEOPLE, str(found.pk)):
        raise Http404(_("ไม่พบสำนักงานนี้"))
    return found


def offices_to_fill(visit: Visit) -> list[Office]:
    """The offices whose people the visitor may change."""
    return people.offices(visit.province, offices_open_to(visit.actor, Deed.MANAGE_PEOPLE))
