"""Small typed ports: where a lower room needs an answer that only an upper room has (see docs/adr/0004-ports.md)."""

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Port(Generic[P, R]):
    """One question with exactly one answer, registered once by an upper room in `AppConfig.ready()`."""

    def __init__(self, name: str) -> None:
        """Name the port, for the error message."""
        self.name = name
        self._answer: Callable[P, R] | None = None

    def register(self, answer: Callable[P, R]) -> None:
        """Take the upper room's answer."""
        self._answer = answer

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask. Raises LookupError when no room has registered."""
        if self._answer is None:
            raise LookupError(f"No room answers the port {self.name}.")
        return self._answer(*args, **kwargs)
