"""What is asked about second factors; each person's own only."""

from accounts.models import Factor, RecoveryCode, User


def confirmed(user_id: int) -> Factor | None:
    """Return the authenticator that a person has set up."""
    return Factor.objects.filter(user=user_id, confirmed_at__isnull=False).first()


def codes_left(user: User) -> int:
    """Return how many recovery codes still work."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def active(user_id: int) -> User | None:
    """Return an account that may sign in."""
    return User.objects.filter(pk=user_id, is_active=True).first()
