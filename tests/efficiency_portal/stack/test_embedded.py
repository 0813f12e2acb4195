"""The embedded stack: shared by whoever needs it, stopped by the last, repaired after a crash, plain about what it cannot use."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import psycopg2
import pytest

from efficiency_portal.stack import embedded
from efficiency_portal.stack.servers import socket_folder

from .conftest import Member, manage, servers

Join = Callable[[], Member]


def database(member: Member) -> "psycopg2.extensions.connection":
    host = unquote(member.addresses[0].split("@")[1].rsplit("/", 1)[0])
    connection = psycopg2.connect(host=host, user="postgres", dbname="portal")
    connection.autocommit = True
    return connection


def answer(member: Member, query: str) -> object:
    connection = database(member)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_servers_stay_until_the_last_user_leaves(join: Join, portal: Path):
    first, second = join(), join()
    first.go()
    assert set(servers(portal)) == {"postgres", "valkey"}
    second.go()
    assert servers(portal) == {}


def test_users_share_the_same_servers(join: Join, portal: Path):
    first = join()
    before = servers(portal)
    assert join().addresses == first.addresses
    assert servers(portal) == before


def test_users_that_come_at_once_get_one_pair_of_servers(join: Join, portal: Path):
    with ThreadPoolExecutor(4) as pool:
        members = list(pool.map(lambda _: join(), range(4)))
    assert len({tuple(member.addresses) for member in members}) == 1
    assert [answer(member, "SELECT 1") for member in members] == [1, 1, 1, 1]


def test_a_killed_user_is_not_waited_for(join: Join, portal: Path):
    first, second = join(), join()
    first.kill()
    second.go()
    assert servers(portal) == {}


def test_a_user_ended_by_term_stops_the_servers(join: Join, portal: Path):
    member = join()
    member.process.send_signal(signal.SIGTERM)
    member.process.communicate(timeout=60)
    assert servers(portal) == {}


def test_killed_servers_start_again(join: Join, portal: Path):
    join()
    before = servers(portal)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    member = join()
    assert answer(member, "SELECT 1") == 1
    assert set(servers(portal).values()).isdisjoint(before.values())


def test_rows_and_queued_tasks_survive_a_restart(portal: Path):
    write = "from django.db import connection as c; c.cursor().execute('CREATE TABLE kept (n int)')"
    queue = "import redis; from django.conf import settings as s; redis.Redis.from_url(s.REDIS_URL).lpush('sweep', 'task')"
    read = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT count(*) FROM kept'); print(k.fetchone())"
    count = "import redis; from django.conf import settings as s; print(redis.Redis.from_url(s.REDIS_URL).llen('sweep'))"
    manage(portal, "shell", "--no-imports", "-c", f"{write}\n{queue}")
    assert servers(portal) == {}
    assert manage(portal, "shell", "--no-imports", "-c", f"{read}\n{count}").stdout.split("\n")[:2] == ["(0,)", "1"]


def test_a_pid_file_that_names_somebody_else_harms_nobody(join: Join, portal: Path):
    join().go()
    for file in (portal / "postgres" / "postmaster.pid", portal / "valkey.pid"):
        file.write_text(f"{os.getpid()}\n")
    member = join()
    assert answer(member, "SELECT 1") == 1
    member.go()
    assert servers(portal) == {}


def test_a_first_start_that_was_interrupted_is_done_again(join: Join, portal: Path):
    (portal / "postgres.unfinished" / "base").mkdir(parents=True)
    assert answer(join(), "SELECT 1") == 1


def test_letters_of_every_script_are_letters(join: Join, portal: Path):
    assert answer(join(), "SELECT '投诉' ~ '^\\w+$'") is True


def test_a_long_or_unusual_path_gets_its_sockets_elsewhere(tmp_path: Path):
    assert socket_folder(Path("/srv/portal")) == Path("/srv/portal/run")
    for folder in (tmp_path / ("x" * 90), Path("/srv/投诉 中心")):
        assert len(str(socket_folder(folder))) < 60
        assert folder not in socket_folder(folder).parents


@pytest.mark.parametrize("variable", ["DATABASE_URL", "REDIS_URL"])
def test_named_servers_are_used_instead(monkeypatch: pytest.MonkeyPatch, variable: str):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    assert embedded.wanted()
    monkeypatch.setenv(variable, "somewhere")
    assert not embedded.wanted()


def test_demo_mode_switched_off_starts_no_servers(portal: Path):
    done = manage(portal, "check", PORTAL_DEMO="0")
    assert done.returncode == 1
    assert done.stderr.startswith("Set DATABASE_URL, REDIS_URL, SECRET_KEY")
    assert len(done.stderr.splitlines()) == 1
    assert not list(portal.iterdir())


def complaint_of(portal: Path) -> str:
    """What a manage.py command says when the stack cannot be used: one line, and a failing exit code."""
    done = manage(portal, "showmigrations", "--plan")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr.strip()


def test_a_folder_without_a_database_in_it_is_told_plainly(portal: Path):
    (portal / "postgres").mkdir()
    assert complaint_of(portal) == (
        f'The data folder {portal}/postgres cannot be used (there is no database in it). Run "make reset" to start afresh.'
    )


def test_a_database_of_another_postgres_is_told_plainly(portal: Path):
    (portal / "postgres").mkdir()
    (portal / "postgres" / "PG_VERSION").write_text("14\n")
    assert "PostgreSQL 14 made it, this one is 18." in complaint_of(portal)


def test_a_damaged_database_is_told_plainly(join: Join, portal: Path):
    join().go()
    (portal / "postgres" / "global" / "pg_control").write_bytes(b"")
    assert "pg_control" in complaint_of(portal)


def test_a_damaged_queue_is_told_plainly(portal: Path):
    manage(portal, "showmigrations", "--plan")
    for file in (portal / "valkey" / "appendonlydir").glob("*.rdb"):
        file.write_bytes(b"nonsense")
    assert f"The data folder {portal}/valkey cannot be used (Bad file format" in complaint_of(portal)
    assert servers(portal) == {}


def test_a_file_in_the_folders_place_is_told_plainly(portal: Path):
    place = portal / "file"
    place.write_text("")
    assert complaint_of(place) == f'The data folder {place} cannot be used (File exists). Run "make reset" to start afresh.'


def test_commands_that_need_no_server_start_none(portal: Path):
    assert "VAULT_KEYS=" in manage(portal, "make_keys").stdout
    assert not list(portal.iterdir())


def test_a_forked_child_does_not_stop_the_servers(portal: Path):
    code = "import os\nif os.fork() == 0: raise SystemExit\nos.wait()\nimport redis; from django.conf import settings as s\n"
    code += "print(redis.Redis.from_url(s.REDIS_URL).ping())"
    assert manage(portal, "shell", "--no-imports", "-c", code).stdout.splitlines()[-1] == "True"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_told_plainly(portal: Path):
    (portal / "run").mkdir()
    os.chown(portal / "run", 54321, 54321)
    assert complaint_of(portal).endswith(
        "belongs to another user). Start as the user who made it, or set PORTAL_DIR to another folder."
    )
