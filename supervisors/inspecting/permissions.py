"""Who may do what with an inspection or a record that they see."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from supervisors.models import FieldRecord, Inspection


def can_see_inspections(user: User) -> bool:
    """People of the office and supervisors; which ones, `visible_to` says."""
    return user.has_role(*OFFICE, Role.SUPERVISOR)


def can_plan(user: User, manner: str) -> bool:
    """The office plans open inspections; a covert visit is ordered by an office leader."""
    return user.has_role(Role.OFFICE_LEADER) if manner == Inspection.Manner.COVERT else user.has_role(*OFFICE)


def is_on(user: User, inspection: Inspection) -> bool:
    """Whether the person goes along."""
    return any(member.user_id == user.pk for member in inspection.members.all())


def can_record(user: User, inspection: Inspection) -> bool:
    """Who goes along, until it is over; what a phone still holds then is taken all the same, by `can_send_late`."""
    return can_see_inspections(user) and is_on(user, inspection) and inspection.state == Inspection.State.PLANNED


def can_send_late(user: User, inspection: Inspection) -> bool:
    """Who went along may send what was entered in a dead spot even when somebody has closed the inspection meanwhile."""
    return can_see_inspections(user) and is_on(user, inspection) and inspection.state != Inspection.State.CANCELLED


def can_end(user: User, inspection: Inspection) -> bool:
    """Who ordered it, and people of the office who go along."""
    mine = user.pk == inspection.ordered_by_id or is_on(user, inspection)
    return user.has_role(*OFFICE) and mine and inspection.state == Inspection.State.PLANNED


def can_make_case(user: User, record: FieldRecord) -> bool:
    """Who saw it, and the office; of a covert visit once it is done."""
    over = record.inspection.state == Inspection.State.DONE
    open_to_all = record.inspection.manner == Inspection.Manner.OPEN or over
    may = user.has_role(*OFFICE) or (user.has_role(Role.SUPERVISOR) and record.recorded_by_id == user.pk)
    wrong = record.state in {FieldRecord.State.OPEN, FieldRecord.State.PERSISTS}
    return may and open_to_all and wrong and record.complaint_id is None


def can_make_tip(user: User, record: FieldRecord) -> bool:
    """The supervisor who saw it; the office makes it a case."""
    return user.has_role(Role.SUPERVISOR) and record.recorded_by_id == user.pk and can_make_case(user, record)


def can_write_checklist(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)
