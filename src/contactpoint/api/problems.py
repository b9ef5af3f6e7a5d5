"""What is wrong with a request, as RFC 9457 has it: what kind of problem, where, the mend.

They are told in English, as all names of the interface are: whoever reads them writes a program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse

MEDIA_TYPE: Final = "application/problem+json"
KINDS: Final = {
    "unknown-parameter": (400, "There is no such parameter"),
    "invalid-parameter": (400, "A parameter has a value that it can't have"),
    "unknown-value": (404, "A filter names something that is not here"),
    "unknown-cursor": (404, "The cursor leads nowhere"),
    "not-found": (404, "There is nothing at this address"),
    "method-not-allowed": (405, "This address is only for reading"),
    "not-acceptable": (406, "There is no such form of this"),
    "too-many-requests": (429, "Too many requests"),
    "unavailable": (503, "This can't be answered at the moment"),
}
"""By the last part of its address: the status, and its title, which is always the same."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which parameter, what, and what would be right."""

    parameter: str
    detail: str
    mend: str


@dataclass(frozen=True)
class ProblemError(Exception):
    """Ends the request. `kind` is one of `KINDS`."""

    kind: str
    detail: str
    faults: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)


def address_of(kind: str) -> str:
    """Where a kind of problem is explained."""
    return f"{settings.BASE_URL}/en/developers/#problem-{kind}"


def response(problem: ProblemError) -> HttpResponse:
    """The problem as an answer, which nobody keeps."""
    status, title = KINDS[problem.kind]
    said: dict[str, Any] = {
        "type": address_of(problem.kind),
        "title": title,
        "status": status,
        "detail": problem.detail,
    }
    if problem.faults:
        said["errors"] = [
            {"parameter": one.parameter, "detail": one.detail, "mend": one.mend}
            for one in problem.faults
        ]
    answer = JsonResponse(
        said, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    answer["Cache-Control"] = "no-store"
    answer["Content-Language"] = "en"
    for name, value in problem.headers.items():
        answer[name] = value
    return answer
