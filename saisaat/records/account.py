from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from saisaat.domain.roles import Actor, Role
from saisaat.records.base import ProvinceRow, RandomId, one_of


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, *, province: Any, username: str, password: str | None, person: Any) -> "Account":
        account = self.model(province=province, username=username, person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(RandomId, ProvinceRow, AbstractBaseUser):
    """A way to sign in. What it may do is in its `RoleGrant` rows, never in a flag here."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField("records.Person", on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    sign_outs = models.PositiveIntegerField(default=0)
    """How often everybody was signed out of it. Part of what every session must match."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    everywhere: ClassVar[AccountManager] = AccountManager()
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta(ProvinceRow.Meta):
        pass

    def roles(self) -> frozenset[Role]:
        """The roles granted to this account for the whole province."""
        return self.actor().roles

    def actor(self) -> Actor:
        """The account's person as an actor, with all that is granted to it."""
        granted = [(Role(role), office) for role, office in self.grants.values_list("role", "office_id")]
        return Actor(
            str(self.person_id),
            frozenset(role for role, office in granted if office is None),
            frozenset((office, role) for role, office in granted if office is not None),
        )

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        salt = "saisaat.records.account.session"
        return salted_hmac(salt, f"{self.sign_outs} {self.password}", secret=secret, algorithm="sha256").hexdigest()


class RoleGrant(ProvinceRow):
    """A role given to an account, for one office or (office empty) for the whole province."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    office = models.ForeignKey("records.Office", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(name="role_grant_known_role", condition=one_of("role", Role)),
            models.UniqueConstraint(fields=["account", "office", "role"], name="role_grant_once_an_office"),
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(office__isnull=True), name="role_grant_once_everywhere"
            ),
        ]
