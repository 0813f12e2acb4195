"""Accounts of the people who sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .querysets import AccountManager
from .roles import ADMINISTRATORS, Role

_ONE_ADMINISTRATOR = ~(
    Q(roles__contains=[ADMINISTRATORS[0], ADMINISTRATORS[1]])
    | Q(roles__contains=[ADMINISTRATORS[0], ADMINISTRATORS[2]])
    | Q(roles__contains=[ADMINISTRATORS[1], ADMINISTRATORS[2]])
)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Citizens never need an account."""

    username = models.CharField(_("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField(_("name"), max_length=60)
    department = models.CharField(_("department"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language of notices"), max_length=10, default="zh-hans")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True, verbose_name=_("roles"))
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration of look-up tables"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Part of every session's hash: one more ends them all.
    sign_outs = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(roles__contained_by=Role.values), name="user_roles_known"),
            models.CheckConstraint(condition=_ONE_ADMINISTRATOR, name="user_administrators_separate"),
        ]
        indexes = [GinIndex(fields=["roles"], name="user_roles")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Return the name as pages show it."""
        return self.full_name

    def has_role(self, *roles: Role) -> bool:
        """Tell whether the account is active and holds at least one of these roles."""
        return self.is_active and any(role.value in self.roles for role in roles)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must know: the password, and how often the person has signed out everywhere."""
        salt = f"accounts.session.{self.sign_outs}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()

    @property
    def role_labels(self) -> list[str]:
        """The names of the roles held, in the reader's language."""
        return [str(Role(role).label) for role in self.roles]


class Factor(models.Model):
    """A person's authenticator; counts once a first code has confirmed it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor")
    secret_sealed = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)  # of the last code that was taken; earlier ones are not taken again

    def __str__(self) -> str:
        return f"factor of {self.user_id}"


class RecoveryCode(models.Model):
    """A code that stands in for the authenticator, once; kept as a keyed hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Passkey(models.Model):
    """A key in a person's phone, computer or stick; the portal keeps its public half."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=40)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)  # as the key told it last; some keys never count
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"passkey of {self.user_id}"


class Identity(models.Model):
    """Who a person is to the county's sign-in: the provider's own number, which never changes there."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="identity")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]

    def __str__(self) -> str:
        return f"identity of {self.user_id}"


class SignIn(models.Model):
    """That a person signed in, and on which device; kept as long as the law wants access logs kept."""

    class How(models.TextChoices):
        """With what."""

        PASSWORD = "password", _("Password")
        CODE = "code", _("Password and code")
        PASSKEY = "passkey", _("Password and passkey")
        SSO = "sso", _("County's account")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    seen_at = models.DateTimeField()  # the last click, to a few minutes
    ended_at = models.DateTimeField(null=True, blank=True)  # by the person or by a change of the account, not by time
    how = models.CharField(max_length=10, choices=How.choices)
    device = models.BinaryField(max_length=32)
    label = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    session_key = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_of_user"), models.Index(fields=["at"], name="sign_in_at")]

    def __str__(self) -> str:
        return f"sign-in of {self.user_id}"
