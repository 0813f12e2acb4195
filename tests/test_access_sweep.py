"""Every address of the office and the agencies asked for by every role that has no business there, with the ids of real rows."""

import pytest

from accounts.roles import AGENCY, OFFICE, Role
from cases.models import Assignment
from cases.workflow import Status
from tests.factories import PostFactory, UserFactory, case_at, staffed_agency
from tests.test_urls_sweep import ADDRESSES

pytestmark = pytest.mark.django_db
SAMPLE = "2147483647"
NOT_HERE = {404, 405}  # 405 comes before any row is looked for, so it tells nothing
OF_A_CASE = sorted(address for name, address in ADDRESSES if address.startswith("/staff/cases/"))
OF_AN_ASSIGNMENT = sorted(
    address for name, address in ADDRESSES if address.startswith("/staff/assignments/") and SAMPLE in address
)


def stranger(role: Role):
    """Somebody of this role; people of agencies hold a post in another agency."""
    user = UserFactory.create(roles=[role])
    if role in AGENCY:
        PostFactory.create(agency=staffed_agency(), user=user)
    return user


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_a_case_does_not_exist_for_others(client, role, method):
    case = case_at(Status.REPORTED)
    client.force_login(stranger(role))
    answers = {path: getattr(client, method)(path.replace(SAMPLE, str(case.pk), 1)).status_code for path in OF_A_CASE}
    assert {path: code for path, code in answers.items() if code not in NOT_HERE} == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_an_assignment_does_not_exist_for_others(client, role, method):
    pk = Assignment.objects.get(case=case_at(Status.RECEIVED)).pk
    client.force_login(stranger(role))
    answers = {path: getattr(client, method)(path.replace(SAMPLE, str(pk), 1)).status_code for path in OF_AN_ASSIGNMENT}
    assert {path: code for path, code in answers.items() if code not in NOT_HERE} == {}


@pytest.mark.parametrize("kind", ["leader_in_charge", "principal"])
def test_leaders_of_the_agency_change_nothing(client, kind):
    assignment = Assignment.objects.select_related("agency").get(case=case_at(Status.RECEIVED))
    client.force_login(assignment.agency.posts.get(kind=kind).user)
    posts = [path.replace(SAMPLE, str(assignment.pk), 1) for path in OF_AN_ASSIGNMENT]
    assert {client.post(path).status_code for path in posts} <= NOT_HERE
    assert client.get(f"/staff/assignments/{assignment.pk}/").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_only_accounts_that_administer_look_up_tables_get_in(client, role):
    client.force_login(UserFactory.create(roles=[role]))
    assert client.get("/manage/accounts/user/").status_code == 302
    assert client.get("/manage/").headers["Location"].startswith("/manage/login/")
