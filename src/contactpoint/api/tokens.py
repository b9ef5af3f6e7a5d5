"""Tokens: made once, kept as a digest, known again, never written anywhere."""

import hashlib
import logging
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from contactpoint.api.models import ApiToken
from contactpoint.api.problems import ProblemError
from contactpoint.network.models import Institution

log = logging.getLogger(__name__)

BEGINNING: Final = "cpt_"
_SHOWN: Final = len(BEGINNING) + 6
_GIVEN: Final = re.compile(r"(?i:bearer) +(?P<token>cpt_[A-Za-z0-9_-]{43})")
_NOTED_EVERY: Final = timedelta(minutes=1)


def made(
    institution: Institution, title: str, scopes: Sequence[str], expires_at: datetime, user: Any
) -> tuple[ApiToken, str]:
    """A token and its row. Nobody can have the first again."""
    token = BEGINNING + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        institution=institution,
        title=title,
        scopes=list(scopes),
        beginning=token[:_SHOWN],
        digest=digest_of(token),
        made_by=user,
        expires_at=expires_at,
    )
    log.info("Token %s made for %s.", row.pk, institution.slug)
    return row, token


def digest_of(token: str) -> str:
    """No salt and no stretching: a token has 256 bits of chance, so nobody can try them."""
    return hashlib.sha256(token.encode()).hexdigest()


def revoke(row: ApiToken) -> None:
    """It opens nothing from now on; doing it twice changes nothing."""
    changed = ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())
    if changed:
        log.info("Token %s revoked.", row.pk)


def shown_by(request: HttpRequest) -> ApiToken:
    """The token that a request shows. Raises `ProblemError` (RFC 6750)."""
    given = request.headers.get("Authorization", "")
    if not given:
        raise _unknown("Show a token: “Authorization: Bearer cpt_…”.", "")
    match = _GIVEN.fullmatch(given.strip())
    row = None
    if match:
        digest = digest_of(match["token"])
        row = ApiToken.objects.select_related("institution").filter(digest=digest).first()
    if row is None or not row.is_valid:
        # Unknown, expired and revoked are one answer: whoever found a token learns nothing of it.
        raise _unknown(
            "This token opens nothing: it is none, has expired or was revoked. "
            "Ask the portal's editors for another.",
            ', error="invalid_token"',
        )
    _note(row)
    return row


def require(row: ApiToken, scope: str) -> None:
    """Raises `ProblemError` where the token doesn't allow it."""
    if scope not in row.scopes:
        raise ProblemError(
            "forbidden",
            f"This token doesn't allow {scope}. It allows {', '.join(row.scopes) or 'nothing'}; "
            "ask the portal's editors for one that does.",
            headers={
                "WWW-Authenticate": f'Bearer realm="api", error="insufficient_scope", '
                f'scope="{scope}"'
            },
        )


def _unknown(detail: str, error: str) -> ProblemError:
    return ProblemError(
        "unauthorized", detail, headers={"WWW-Authenticate": f'Bearer realm="api"{error}'}
    )


def _note(row: ApiToken) -> None:
    """When it was used last, to the minute: no write a request."""
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
