"""Who gets in, and how safely."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from saisaat.queries.office import channel_of
from saisaat.records.models import Account, Invitation, LineIdentity, Office, Person, RoleGrant


@dataclass(frozen=True, slots=True)
class Safety:
    """What opens an account besides its name."""

    password: bool
    totp: bool
    codes_left: int
    line: bool


def safety_of(account: Account) -> Safety:
    factors = {row.type: row for row in Authenticator.objects.filter(user=account)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    return Safety(
        password=account.has_usable_password(),
        totp=Authenticator.Type.TOTP in factors,
        codes_left=len(RecoveryCodes(codes).get_unused_codes()) if codes else 0,
        line=LineIdentity.of(account.province_id).filter(person_id=account.person_id).exists(),
    )


def account_of(person: Person) -> Account | None:
    return Account.of(person.province_id).filter(person=person).first()


def accounts(province: str, offices: frozenset[str] | None) -> QuerySet[Account]:
    """The accounts of the people of `offices` (None: of all), with roles and `totp`, open ones first."""
    found = Account.of(province).select_related("person__key", "person__office", "province")
    if offices is not None:
        found = found.filter(person__office__in=offices)
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    grants = Prefetch("grants", RoleGrant.of(province).select_related("office").order_by("office__name", "role", "pk"))
    line = LineIdentity.of(province).filter(person=OuterRef("person"))
    return (
        found.annotate(totp=Exists(totp), line=Exists(line))
        .prefetch_related(grants)
        .order_by("-is_active", "-person__office__kind", "person__office__name", "person__position", "pk")
    )


def open_invitations(province: str, offices: frozenset[str] | None) -> QuerySet[Invitation]:
    """Sent and not yet taken up, expired ones among them, the latest first."""
    found = Invitation.of(province).filter(used_at__isnull=True, revoked_at__isnull=True)
    if offices is not None:
        found = found.filter(person__office__in=offices)
    return found.select_related("person__key", "person__office", "office", "by__key").order_by("-created_at", "pk")


def people_without_account(province: str, offices: frozenset[str] | None) -> QuerySet[Person]:
    """Who could be invited: of the office, still here, without an account."""
    found = Person.of(province).filter(Q(left_on__isnull=True), account__isnull=True)
    if offices is not None:
        found = found.filter(office__in=offices)
    return found.select_related("key", "office").order_by("-office__kind", "office__name", "position", "pk")


def offices_of(province: str, offices: frozenset[str] | None) -> list[Office]:
    found = Office.of(province).order_by("-kind", "name")
    return list(found if offices is None else found.filter(pk__in=offices))


def can_link_line(province: str) -> bool:
    """LINE accounts are linked on the province's channel, so there has to be one in use."""
    return channel_of(province) is not None


def is_expired(invitation: Invitation, now: datetime) -> bool:
    return invitation.expires_at <= now
