"""Moves money within a budget: each move once, never more than there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from supervisors.ledger.moves import MOVES, AccountName, Move
from supervisors.models import Account, Budget, Entry, Posting
from supervisors.refusals import Refused


class BudgetExhausted(Refused):
    """The account does not hold so much."""


@dataclass(frozen=True)
class Wanted:
    """A posting to be made."""

    budget_id: int
    move: Move
    amount_fen: int
    key: str
    cause: str
    note: str = ""


class BudgetOpen(Refused):
    """The year has this budget already."""

    field = "year"


class KeyUsed(Exception):
    """The same key came again with another move or amount: a mistake of the program, never of a person."""


@transaction.atomic
def open_budget(kind: str, year: int, *, basis: str, amount_fen: int, by: User, at: datetime) -> Budget:
    """Open the year's budget with its accounts and the first grant. Raises BudgetOpen."""
    values = {"basis": basis, "opened_at": at, "opened_by": by}
    budget, is_new = Budget.objects.get_or_create(kind=kind, year=year, defaults=values)
    if not is_new:
        raise BudgetOpen(_("This budget is open already. Note a further grant instead."))
    Account.objects.bulk_create([Account(budget=budget, name=name) for name in AccountName])
    facts: dict[str, events.Fact] = {"budget_kind": kind, "year": year, "amount_fen": amount_fen}
    events.record("budget.opened", subject=f"budget:{budget.pk}", actor=events.user_id(by), at=at, facts=facts)
    post(budget, Move.GRANT, amount_fen, key=f"budget:{budget.pk}:opened", cause=f"budget:{budget.pk}", by=by, at=at, note=basis)
    return budget


def grant(budget: Budget, amount_fen: int, *, key: str, basis: str, by: User, at: datetime) -> Posting:
    """Add money to a budget; `basis` names the document."""
    return post(budget, Move.GRANT, amount_fen, key=key, cause=f"budget:{budget.pk}", by=by, at=at, note=basis)


def cut(budget: Budget, amount_fen: int, *, key: str, basis: str, by: User, at: datetime) -> Posting:
    """Take back from a budget what is not committed; `basis` names the document. Raises BudgetExhausted."""
    return post(budget, Move.CUT, amount_fen, key=key, cause=f"budget:{budget.pk}", by=by, at=at, note=basis)


@transaction.atomic
def post_many(wanted: Sequence[Wanted], *, by: User, at: datetime) -> None:
    """Make many postings in a few statements. The caller holds a lock under which none of the keys was used yet."""
    budgets = {one.budget_id for one in wanted}
    accounts = {(row.budget_id, row.name): row for row in Account.objects.filter(budget__in=budgets)}
    rows = [
        Posting(
            budget_id=one.budget_id,
            move=one.move,
            amount_fen=one.amount_fen,
            key=one.key,
            cause=one.cause,
            note=one.note,
            posted_at=at,
            posted_by=by,
        )
        for one in wanted
    ]
    Posting.objects.bulk_create(rows)
    entries = []
    for row in rows:
        source, target = MOVES[row.move]
        entries.append(Entry(posting=row, account=accounts[row.budget_id, source], amount_fen=-row.amount_fen))
        entries.append(Entry(posting=row, account=accounts[row.budget_id, target], amount_fen=row.amount_fen))
    Entry.objects.bulk_create(entries)


@transaction.atomic
def post(
    budget: Budget, move: Move, amount_fen: int, *, key: str, cause: str, by: User | None, at: datetime, note: str = ""
) -> Posting:
    """Move an amount once for a key; coming again it returns the first posting. `amount_fen` is whole fen above zero.

    The database refuses what an account does not hold, however many ask at once. Raises BudgetExhausted, KeyUsed.
    """
    if made := Posting.objects.filter(key=key).first():
        return _same(made, budget, move, amount_fen)
    source, target = MOVES[move]
    accounts = {row.name: row for row in Account.objects.filter(budget=budget, name__in=[source, target])}
    try:
        with transaction.atomic():
            made = Posting.objects.create(
                budget=budget, move=move, amount_fen=amount_fen, key=key, cause=cause, note=note, posted_at=at, posted_by=by
            )
            entries = [
                Entry(posting=made, account=accounts[source], amount_fen=-amount_fen),
                Entry(posting=made, account=accounts[target], amount_fen=amount_fen),
            ]
            # In the order of accounts, so that two postings wait for one another and never in a circle.
            Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.account_id))
    except IntegrityError as error:
        return _refused_or_same(error, budget, move, amount_fen, key=key)
    return made


def _refused_or_same(error: IntegrityError, budget: Budget, move: Move, amount_fen: int, *, key: str) -> Posting:
    """Tell an account that holds too little from a second posting of the same at the same moment."""
    if "account_never_overdrawn" in str(error):
        raise BudgetExhausted(_("The budget does not hold so much. Nothing was booked.")) from error
    if made := Posting.objects.filter(key=key).first():
        return _same(made, budget, move, amount_fen)
    raise error


def _same(made: Posting, budget: Budget, move: Move, amount_fen: int) -> Posting:
    if (made.budget_id, made.move, made.amount_fen) != (budget.pk, move, amount_fen):
        raise KeyUsed(made.key)
    return made
