"""All that can be known of the code without running it, for `make check`. Steps can be named: tools/check.py lint types."""

import os
import secrets
import subprocess
import sys
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
AT_ONCE = 2
MOST_LINES = 40  # of one step's findings, unless steps are named

# What a tool may not inherit: it would check the machine's settings, not the project's.
OWN_VARIABLES = (
    "PORTAL_DEMO",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "VAULT_KEYS",
    "VAULT_INDEX_KEY",
    "LOG_SIGNING_KEY",
    "DEBUG",
)
# Servers, where a tool needs one, are its own and not the demo's.
APART = {
    "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings_checks",
    "PORTAL_DIR": str(ROOT / ".portal" / "check"),
    "LOG_LEVEL": "WARNING",
}


def production() -> dict[str, str]:
    """Variables as a production server would have them, with secrets made up for this run."""
    key = b64encode(secrets.token_bytes(32)).decode()
    return {
        "DATABASE_URL": "postgresql://portal@db.invalid/portal?sslmode=verify-full",
        "REDIS_URL": "rediss://broker.invalid/0",
        "SITE_URL": "https://portal.invalid",
        "ALLOWED_HOSTS": "portal.invalid",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "VAULT_KEYS": f"check:{key}",
        "VAULT_INDEX_KEY": key,
        "LOG_SIGNING_KEY": key,
    }


@dataclass(frozen=True)
class Step:
    """One tool: what it looks at, how it is called, and in which surroundings."""

    name: str
    about: str
    command: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a step went."""

    step: Step
    passed: bool
    seconds: float
    output: str


def manage(*arguments: str) -> tuple[str, ...]:
    """A command that starts the embedded servers if it needs them."""
    return (sys.executable, "manage.py", *arguments)


def django(*arguments: str) -> tuple[str, ...]:
    """A command that reads the code only; what it says about a database that is not there is of no interest."""
    return (sys.executable, "-W", "ignore::RuntimeWarning", "-m", "django", *arguments)


# The slowest come first, so that the others fill the second place meanwhile.
STEPS = (
    Step("types", "mypy, strict", (str(BIN / "mypy"), "--no-error-summary")),
    Step("lint", "ruff check", (str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", ".")),
    Step("format", "ruff format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    Step("rollout", "migrations that would break a running portal", manage("lintmigrations", "--quiet", "ok", "ignore"), APART),
    Step("models", "every change of a model has its migration", django("makemigrations", "--check", "--dry-run"), APART),
    Step("imports", "rooms lean on lower rooms only", (str(BIN / "lint-imports"), "--no-cache")),
    Step("templates", "djlint", (str(BIN / "djlint"), "--lint", "--quiet", "templates")),
    Step("deploy", "manage.py check --deploy", manage("check", "--deploy", "--fail-level=WARNING"), production()),
    Step("texts", "Chinese catalogs", manage("messages", "check"), APART),
    Step("states", "docs/states.md", manage("draw_states", "--check"), APART),
    Step("permissions", "docs/permissions.md", django("draw_permissions", "--check"), APART),
)


def run(step: Step) -> Outcome:
    """Call the tool and keep what it says."""
    surroundings = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES} | step.variables
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return Outcome(step, done.returncode == 0, time.monotonic() - began, (done.stdout + done.stderr).strip())


def tell(outcome: Outcome, *, most_lines: int) -> None:
    """One line for the step; what it found only when it failed, and not without end."""
    mark = "ok    " if outcome.passed else "FAILED"
    print(f"{mark} {outcome.step.name:<11}{outcome.seconds:6.1f} s  {outcome.step.about}", flush=True)
    if outcome.passed:
        return
    lines = outcome.output.splitlines()
    print("\n".join(f"       {line}" for line in lines[:most_lines]), flush=True)
    if len(lines) > most_lines:
        print(f"       … {len(lines) - most_lines} more lines: make check ARGS={outcome.step.name}", flush=True)


def main(wanted: list[str]) -> int:
    """Run the steps, two at a time, and return the exit code."""
    known = [step.name for step in STEPS]
    if unknown := set(wanted) - set(known):
        print(f"No such step: {', '.join(sorted(unknown))}. The steps are {', '.join(known)}.", file=sys.stderr)
        return 2
    began, failed = time.monotonic(), []
    with ThreadPoolExecutor(AT_ONCE) as places:
        for running in as_completed([places.submit(run, step) for step in STEPS if not wanted or step.name in wanted]):
            outcome = running.result()
            tell(outcome, most_lines=MOST_LINES if not wanted else sys.maxsize)
            failed += [] if outcome.passed else [outcome.step.name]
    seconds = time.monotonic() - began
    print(f"{len(wanted or known)} steps in {seconds:.0f} s: " + (f"failed: {', '.join(failed)}" if failed else "all passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
