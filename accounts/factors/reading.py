"""What is asked about second factors; each person's own only."""

from accounts.models import Factor, Passkey, RecoveryCode, User


def confirmed(user_id: int) -> Factor | None:
    """Return the authenticator that a person has set up."""
    return Factor.objects.filter(user=user_id, confirmed_at__isnull=False).first()


def codes_left(user: User) -> int:
    """Return how many recovery codes still work."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def active(user_id: int) -> User | None:
    """Return an account that may sign in."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def passkeys(user_id: int) -> list[Passkey]:
    """Return a person's passkeys, the oldest first."""
    return list(Passkey.objects.filter(user=user_id).order_by("pk"))


def has_any(user_id: int) -> bool:
    """Tell whether signing in asks this person for more than the password."""
    return confirmed(user_id) is not None or Passkey.objects.filter(user=user_id).exists()
