"""Who may open accounts and set passwords, and who may give rights: never the same person, and nobody to himself."""

from .models import User
from .roles import Role


def can_open_accounts(user: User) -> bool:
    """Open accounts, set passwords, keep names and addresses: who administers the system, never who gives rights or audits."""
    return user.is_active and user.is_superuser and not user.has_role(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def can_grant(user: User, account: User | None = None) -> bool:
    """Give roles and rights to others: the security administrator.

    Until a portal has had one, whoever may do everything names the first (`manage.py createsuperuser`); closed accounts count, or
    closing the one would open this door again.
    """
    if account is not None and account.pk == user.pk:
        return False
    if user.has_role(Role.SECURITY_ADMIN):
        return True
    return can_open_accounts(user) and not User.objects.filter(roles__contains=[Role.SECURITY_ADMIN.value]).exists()


def can_close(user: User, account: User) -> bool:
    """Close and open again: both kinds of administrator, never the own one; of a security administrator, only another one."""
    if Role.SECURITY_ADMIN in account.roles:
        return can_grant(user, account)
    return account.pk != user.pk and (can_open_accounts(user) or can_grant(user, account))


def can_remove_factor(user: User, account: User | None = None) -> bool:
    """Take somebody's second factor away: the security administrator, who cannot set a password; never the own one."""
    return user.has_role(Role.SECURITY_ADMIN) and (account is None or account.pk != user.pk)
