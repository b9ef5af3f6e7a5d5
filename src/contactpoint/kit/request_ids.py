"""A name for each request and each job, so that the lines of a log that belong together are found.

What comes with a request (`X-Request-ID`) is taken over if it can't hold anything but a number, and
is given back in the answer, so that a proxy's log and ours can be laid side by side.
"""

import random
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, Final

HEADER: Final = "X-Request-ID"
_GIVEN: Final = "HTTP_X_REQUEST_ID"
NAMED: Final = "contactpoint.request"
"""Where a request holds its name."""
_FORM: Final = re.compile(r"[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_random: Final = random.SystemRandom()
_bits = random.Random(_random.getrandbits(128)).getrandbits  # noqa: S311 — a name, no secret

request_id: ContextVar[str] = ContextVar("request_id", default="")
job_id: ContextVar[str] = ContextVar("job_id", default="")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def name_of(environ: dict[str, Any]) -> str:
    """The name of a request, made where it has none yet."""
    known: str | None = environ.get(NAMED)
    if known is None:
        given = environ.get(_GIVEN)
        known = given if given is not None and _FORM.fullmatch(given) else format(_bits(64), "016x")
        environ[NAMED] = known
    return known


class NamedRequests:
    """A WSGI application around all others, kept pages included: each answer says its name.

    Not in the middleware: what is kept for others would bear the name of the first who asked.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Whatever is answered, with the name."""
        told = (HEADER, name_of(environ))

        def begin(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
            return start(status, [*headers, told], *problem)

        return self._application(environ, begin)
