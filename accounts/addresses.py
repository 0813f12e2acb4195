"""Where a signed-in person is reached; asked for only at the moment of sending."""

from core.recipients import Address

from .models import User


def address_of_user(user_id: str) -> Address:
    """Return the address of an active account. Raises LookupError when there is none."""
    user = User.objects.filter(pk=int(user_id), is_active=True).first()
    if user is None:
        raise LookupError("the account is closed")
    return Address(email=user.email, phone=user.phone, language=user.language)
