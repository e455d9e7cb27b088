"""The people and offices a visitor may open: all with a role for the whole province, else their own office's."""

from django.http import Http404
from django.utils.translation import gettext as _

from saisaat.domain.roles import Deed
from saisaat.queries import people
from saisaat.records.models import Office, Person
from saisaat.web.access import Visit


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
    return people.offices(visit.province, visit.offices(Deed.MANAGE_PEOPLE))
