"""Makes .venv and installs a lock file into it, telling how far it is. Run by make with the system's own Python."""

import io
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

VENV = Path(".venv")
WIDTH = 70
SECONDS_BETWEEN_LINES = 5
said = [0.0]  # when a line was last printed


def main() -> int:
    """Install the file named on the command line; returns an exit code."""
    if sys.version_info < (3, 11):
        return failed(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Choose another: make demo PYTHON=python3.12"
        )
    python = VENV / "bin" / "python"
    if not runs(python) and not make_venv():
        return failed("The virtual environment .venv could not be made (see above).")
    before = time.monotonic()
    if not install(python, sys.argv[1]):
        return failed(
            "The packages could not be installed (see above). Check the network, or name a registry: "
            "PIP_INDEX_URL=https://… make demo"
        )
    say(f"Installing packages … {time.monotonic() - before:.1f} s", end="\n")
    return 0


def runs(python: Path) -> bool:
    """Whether there is a virtual environment here that works; one copied or half made does not."""
    try:
        return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> bool:
    """Make a fresh virtual environment with this Python."""
    before = time.monotonic()
    say("Making .venv … ")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        return False
    say(f"Making .venv … {time.monotonic() - before:.1f} s", end="\n")
    return True


def install(python: Path, requirements: str) -> bool:
    """Run pip, counting the packages it comes to; on failure print the end of what it said."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    lines = []
    count = 0
    # The lock is complete, so pip looks for nothing else; and takes nothing whose hash is not in it.
    command += ["--no-deps", "--require-hashes", "-r", requirements]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with pip:
        for line in io.TextIOWrapper(pip.stdout or io.BytesIO(), errors="replace"):
            lines.append(line)
            found = re.match(r"\s*(Collecting|Installing collected packages)[ :]*([\w.-]*)", line)
            if found:
                count += 1
                name = found[2] if found[1] == "Collecting" else "unpacking"
                say(f"Installing packages … {count} {name}")
    if pip.returncode:
        sys.stdout.write("\n" + "".join(lines[-15:]))
    return pip.returncode == 0


def say(text: str, end: str = "") -> None:
    """Show progress: on one line of a terminal, elsewhere a line every few seconds and what is finished."""
    if sys.stdout.isatty():
        sys.stdout.write("\r" + text[:WIDTH].ljust(WIDTH) + end)
    elif end or time.monotonic() - said[-1] > SECONDS_BETWEEN_LINES:
        sys.stdout.write(text + "\n")
        said.append(time.monotonic())
    sys.stdout.flush()


def failed(reason: str) -> int:
    """Tell why, in one line."""
    sys.stderr.write(reason + "\n")
    return 1


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that knows no "…"
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
