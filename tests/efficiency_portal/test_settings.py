"""Production settings: they name what is missing, refuse the demo's secrets, and pass Django's own deployment checks."""

import os
import re
import subprocess
import sys

import pytest

from efficiency_portal import settings
from efficiency_portal.stack import embedded

SECRETS = ("SECRET_KEY", "VAULT_KEYS", "VAULT_INDEX_KEY", "LOG_SIGNING_KEY")
MADE = (*SECRETS, "BACKUP_KEY")  # without the last one the portal starts, and makes no backup
DEMO_SECRETS = {
    "SECRET_KEY": settings.DEMO_SECRET_KEY,
    "VAULT_KEYS": settings.DEMO_VAULT_KEYS,
    "VAULT_INDEX_KEY": settings.DEMO_INDEX_KEY,
    "LOG_SIGNING_KEY": settings.DEMO_LOG_KEY,
    "BACKUP_KEY": settings.DEMO_BACKUP_KEY,
}
SERVERS = {
    "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_DEMO": "0",
}


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A manage.py command in an environment that holds only what is given."""
    base = {"PATH": os.environ["PATH"], "STATIC_ROOT": os.environ["STATIC_ROOT"]}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=embedded.BASE_DIR, env=base | environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def fresh_secrets() -> dict[str, str]:
    """What make_keys prints, read as an .env file is."""
    return dict(line.split("=", 1) for line in run("make_keys").stdout.splitlines())


def test_fresh_secrets_are_complete_and_new_each_time(fresh_secrets: dict[str, str]):
    assert set(fresh_secrets) == set(MADE)
    assert not set(fresh_secrets.values()) & set(run("make_keys").stdout.replace("=", "\n", 5).splitlines())


def test_fresh_secrets_can_be_had_before_there_are_any():
    assert run("make_keys", **SERVERS).stdout.startswith("SECRET_KEY=")


def test_production_passes_the_deployment_checks(fresh_secrets: dict[str, str]):
    done = run("check", "--deploy", "--fail-level", "WARNING", **SERVERS, **fresh_secrets)
    assert (done.returncode, done.stderr) == (0, "")


def test_signing_in_by_password_alone_is_a_concern(fresh_secrets: dict[str, str]):
    done = run("check", "--deploy", "--fail-level", "WARNING", SECOND_FACTOR_REQUIRED="0", **SERVERS, **fresh_secrets)
    assert (done.returncode, "accounts.W001" in done.stderr) == (1, True)


def test_production_does_not_start_over_a_wire_in_the_clear(fresh_secrets: dict[str, str]):
    done = run("check", **SERVERS | {"DATABASE_URL": "postgresql://portal:x@10.0.0.5/portal"}, **fresh_secrets)
    assert (done.returncode, "core.E005" in done.stderr) == (1, True)


def test_no_neighbour_can_plant_a_session_in_production(fresh_secrets: dict[str, str]):
    told = run("diffsettings", **SERVERS, **fresh_secrets).stdout
    assert "SESSION_COOKIE_NAME = '__Host-sessionid'" in told
    assert "CSRF_COOKIE_NAME = '__Host-csrftoken'" in told


@pytest.mark.parametrize("name", MADE)
def test_production_refuses_each_of_the_demos_secrets(fresh_secrets: dict[str, str], name: str):
    done = run("check", **SERVERS, **fresh_secrets | {name: DEMO_SECRETS[name]})
    assert done.returncode == 1
    assert done.stderr.startswith("These are the demo's secret keys")


def test_production_refuses_a_demo_key_behind_a_fresh_one(fresh_secrets: dict[str, str]):
    ring = f"{fresh_secrets['VAULT_KEYS']},old:{settings.DEMO_VAULT_KEYS.split(':')[1]}"
    assert run("check", **SERVERS, **fresh_secrets | {"VAULT_KEYS": ring}).returncode == 1


def test_production_refuses_to_show_its_insides(fresh_secrets: dict[str, str]):
    assert run("check", **SERVERS, **fresh_secrets, DEBUG="1").stderr.startswith("DEBUG shows")


@pytest.mark.parametrize(("name", "value"), [("EMAIL_BACKEND", "DemoEmailBackend"), ("SMS_BACKEND", "DemoSmsBackend")])
def test_production_refuses_the_demos_post_room(fresh_secrets: dict[str, str], name: str, value: str):
    assert run("check", **SERVERS, **fresh_secrets, **{name: f"core.demo.{value}"}).stderr.startswith("The demo's post room")


@pytest.mark.parametrize("name", [*SECRETS, "SITE_URL"])
def test_production_names_what_is_missing(fresh_secrets: dict[str, str], name: str):
    given = {key: value for key, value in (SERVERS | fresh_secrets).items() if key != name}
    assert run("check", **given).stderr.startswith(f"Set {name} (see .env.example)")


def test_production_believes_its_proxy(fresh_secrets: dict[str, str]):
    code = "from django.conf import settings as s; print(s.MIDDLEWARE[0], s.SECURE_PROXY_SSL_HEADER[1])"
    done = run("shell", "--no-imports", "-c", code, **SERVERS, **fresh_secrets)
    assert done.stdout.strip() == "efficiency_portal.middleware.client_address https"


def test_production_has_no_outbox_to_look_into(fresh_secrets: dict[str, str]):
    code = "from django.urls import reverse\ntry: reverse('demo_outbox')\nexcept Exception as e: print(type(e).__name__)"
    done = run("shell", "--no-imports", "-c", code, **SERVERS, **fresh_secrets)
    assert done.stdout.strip() == "NoReverseMatch"


READS = re.compile(r'env(?:\.\w+|iron\.get)\(\s*"([A-Z_]+)"')
EXPLAINS = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
NOT_FOR_PRODUCTION = {"CLOCK_OFFSET_FILE", "PORTAL_DEMO", "DEBUG", "EMAIL_BACKEND"}


def test_every_setting_from_the_environment_is_explained():
    sources = [embedded.BASE_DIR / "efficiency_portal" / name for name in ("settings.py", "gunicorn_conf.py")]
    read = {name for source in sources for name in READS.findall(source.read_text("utf-8"))}
    explained = set(EXPLAINS.findall((embedded.BASE_DIR / ".env.example").read_text("utf-8")))
    assert read - NOT_FOR_PRODUCTION == explained - {"POSTGRES_PASSWORD"}


def test_secrets_can_lie_in_files(fresh_secrets: dict[str, str], tmp_path):
    files = {f"{name}_FILE": tmp_path / name for name in fresh_secrets}
    for name, value in fresh_secrets.items():
        (tmp_path / name).write_text(f"{value}\n", "utf-8")
    done = run("check", "--deploy", "--fail-level=WARNING", **SERVERS | {name: str(path) for name, path in files.items()})
    assert done.returncode == 0, done.stderr


def test_no_secret_stands_in_the_code():
    sources = [path for path in embedded.BASE_DIR.glob("deploy/**/*") if path.is_file()] + [embedded.BASE_DIR / "compose.yaml"]
    told = re.compile(r"(?:PASSWORD|SECRET_KEY|VAULT_KEYS|SIGNING_KEY)\s*[=:]\s*(?!\$\{)[\w+/=-]{8,}")
    assert [path.name for path in sources if told.search(path.read_text("utf-8"))] == []
