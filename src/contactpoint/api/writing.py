"""What the OpenAPI document says of proposing: its addresses, its schemas, and the token."""

from typing import Any, Final

from contactpoint.api.parameters import in_query
from contactpoint.api.problems import KINDS_BY_STATUS
from contactpoint.api.proposals.listing import PARAMETERS
from contactpoint.api.proposals.receiving import AN_HOUR
from contactpoint.api.proposals.shape import in_document
from contactpoint.api.proposals.telling import IN_SHORT, LISTED, SCHEMA
from contactpoint.api.proposals.views import KEY
from contactpoint.api.resources.resource import ROOT
from contactpoint.api.shapes import ADDRESS, TEXT, Schema, named

ABOUT: Final = (
    "What partner institutions propose, with a token that the portal's editors give. A proposal "
    "waits for an editor, who makes a draft of it or says why not; nothing is published by itself. "
    f"One token proposes up to {AN_HOUR} things an hour."
)
SECURITY: Final = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of an institution (cpt_…), which its editors get from the portal.",
    }
}
_SECURED: Final[list[dict[str, list[str]]]] = [{"token": []}]
_ID: Final = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": "Its key.",
}
_LISTING: Final = [in_query(one) for one in PARAMETERS]
_JSON: Final = {"application/json": {"schema": named("Proposal")}}


def schemas() -> dict[str, Schema]:
    """Those that only proposing has."""
    return {
        **in_document(),
        "Proposal": SCHEMA,
        "ProposalInShort": IN_SHORT,
        "ProposalInShortList": LISTED,
    }


def paths() -> dict[str, Any]:
    """Both addresses."""
    return {
        f"{ROOT}/proposals": {
            "get": {
                "operationId": "list_proposals",
                "summary": "What your institution proposed, and what became of it",
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": _LISTING,
                "responses": {
                    "200": {
                        "description": "A page, what was proposed last first.",
                        "content": {"application/json": {"schema": named("ProposalInShortList")}},
                    },
                    "304": {"description": "What you have is still so."},
                    **_failing(400, 401, 404, 429),
                },
            },
            "head": {
                "operationId": "head_list_proposals",
                "summary": "What your institution proposed: only the headers",
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": _LISTING,
                "responses": {
                    "200": {"description": "It is there."},
                    "304": {"description": "What you have is still so."},
                    **_unsaid(400, 401, 404, 429),
                },
            },
            "post": {
                "operationId": "propose",
                "summary": "Propose something to the editors",
                "description": ABOUT,
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": [
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "required": True,
                        "schema": {"type": "string", "pattern": KEY},
                        "description": "Yours, one for each proposal: sent again with the same "
                        "content, nothing is proposed twice.",
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": named("Proposed")}},
                },
                "responses": {
                    "201": {
                        "description": "It waits for the editors.",
                        "headers": {"Location": {"required": True, "schema": ADDRESS}},
                        "content": _JSON,
                    },
                    "200": {"description": "You proposed this before.", "content": _JSON},
                    **_failing(400, 401, 403, 413, 415, 422, 429),
                },
            },
            "options": _options("proposals", []),
        },
        f"{ROOT}/proposals/{{id}}": {
            "get": {
                "operationId": "get_proposal",
                "summary": "What became of one of your institution's proposals",
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": [_ID],
                "responses": {
                    "200": {"description": "It.", "content": _JSON},
                    "304": {"description": "What you have is still so."},
                    **_failing(400, 401, 404, 429),
                },
            },
            "head": {
                "operationId": "head_proposal",
                "summary": "Whether one of your institution's proposals is there: only the headers",
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": [_ID],
                "responses": {
                    "200": {"description": "It is there."},
                    "304": {"description": "What you have is still so."},
                    **_unsaid(400, 401, 404, 429),
                },
            },
            "delete": {
                "operationId": "withdraw",
                "summary": "Take back what nobody has decided on",
                "description": "What it said is forgotten. Doing it again changes nothing.",
                "tags": ["proposals"],
                "security": _SECURED,
                "parameters": [_ID],
                "responses": {
                    "204": {"description": "It is withdrawn."},
                    **_failing(400, 401, 403, 404, 409, 429),
                },
            },
            "options": _options("proposal", [{**_ID, "schema": TEXT}]),
        },
    }


def _failing(*codes: int) -> dict[str, Any]:
    return {str(code): {"$ref": f"#/components/responses/{code}"} for code in (*codes, 500)}


def _unsaid(*codes: int) -> dict[str, Any]:
    """The same where only headers are asked for."""
    return {code: {"description": KINDS_BY_STATUS[int(code)]} for code in _failing(*codes)}


def _options(name: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "operationId": f"options_{name}",
        "summary": "What other sites may ask here",
        "tags": ["proposals"],
        "parameters": parameters,
        "responses": {"204": {"description": "In the headers."}},
    }
