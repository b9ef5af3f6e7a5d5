"""What is wrong with a request, as RFC 9457 has it: what kind of problem, where, the mend.

They are told in English, as all names of the interface are: whoever reads them writes a program.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.conf import settings
from django.http import HttpResponse, JsonResponse

MEDIA_TYPE: Final = "application/problem+json"
KINDS: Final = {
    "unknown-parameter": (400, "There is no such parameter"),
    "invalid-parameter": (400, "A parameter has a value that it can't have"),
    "unknown-value": (404, "A filter names something that is not here"),
    "unknown-cursor": (404, "The cursor leads nowhere"),
    "not-found": (404, "There is nothing at this address"),
    "invalid-json": (400, "What was sent is no JSON"),
    "invalid-header": (400, "A header is missing or has a value that it can't have"),
    "unauthorized": (401, "This needs a token"),
    "forbidden": (403, "This token doesn't allow that"),
    "method-not-allowed": (405, "This address doesn't take that method"),
    "not-acceptable": (406, "There is no such form of this"),
    "decided": (409, "This has been decided"),
    "too-large": (413, "More was sent than is taken"),
    "unsupported-media-type": (415, "Only JSON is taken here"),
    "invalid-content": (422, "What was sent is not as the document describes it"),
    "impossible-content": (422, "What was sent is of the right form and can't be"),
    "used-key": (422, "This Idempotency-Key came with something else before"),
    "too-many-requests": (429, "Too many requests"),
    "too-many-proposals": (429, "Too many proposals"),
    "unforeseen": (500, "Something went wrong here"),
    "unavailable": (503, "This can't be answered at the moment"),
}
"""By the last part of its address: the status, and its title, which is always the same."""
KINDS_BY_STATUS: Final[Mapping[int, str]] = {
    status: "; ".join(title for other, title in KINDS.values() if other == status)
    for status, _title in KINDS.values()
}
"""What a status may mean."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and what would be right. The place is a parameter, a
    header, or a JSON pointer (RFC 6901) into what was sent."""

    place: str
    detail: str
    mend: str
    kind: Literal["parameter", "header", "pointer"] = "parameter"


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
            {one.kind: one.place, "detail": one.detail, "mend": one.mend} for one in problem.faults
        ]
    answer = JsonResponse(
        said, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    answer["Cache-Control"] = "no-store"
    answer["Content-Language"] = "en"
    for name, value in problem.headers.items():
        answer[name] = value
    return answer
