"""A proposal as its partner reads it: what they said, what became of it, what the editors say."""

from typing import Any, Final

from django.conf import settings

from contactpoint.api.models import Proposal
from contactpoint.api.proposals.shape import KINDS, TRANSLATION
from contactpoint.api.resources.outputs import iso
from contactpoint.api.resources.resource import ROOT, whole
from contactpoint.api.shapes import (
    ADDRESS,
    ADDRESSES,
    MOMENT,
    TEXT,
    Schema,
    choice,
    named,
    of_object,
    perhaps,
    some,
)
from contactpoint.kit.locating import address, roots
from contactpoint.outputs import proposing
from contactpoint.outputs.querysets import readable

_STANDING: Final[dict[str, Schema]] = {
    "id": TEXT,
    "self": ADDRESS,
    "kind": choice(KINDS),
    "state": choice(Proposal.State.values),
    "proposed": MOMENT,
    "decided": perhaps(MOMENT),
    "said": {**TEXT, "description": "What the editors say to you; empty where they didn't."},
}
IN_SHORT: Final[Schema] = of_object(
    {
        **_STANDING,
        "title": {**TEXT, "description": "Its leading title; empty of what you withdrew."},
    }
)
LISTED: Final[Schema] = of_object(
    {"@context": ADDRESS, "data": some(named("ProposalInShort")), "next": perhaps(ADDRESS)}
)
SCHEMA: Final[Schema] = of_object(
    {
        "@context": ADDRESS,
        **_STANDING,
        "content": {
            "anyOf": [named("Proposed"), of_object({})],
            "description": "What you proposed; nothing of what you withdrew is kept.",
        },
        "keywords": {
            **some(
                of_object(
                    {"source": TEXT, "concept": perhaps(TEXT), "confidence": {"type": "number"}}
                )
            ),
            "description": "What your keywords were taken for.",
        },
        "odd": {
            **some(TEXT),
            "description": "What is odd about it, as far as anybody may know it; the editors look "
            "at that.",
        },
        "url": {
            **ADDRESSES,
            "description": "Its pages, once they are published: of a translation "
            "those that came of it.",
        },
    }
)


def url_of(proposal: Proposal) -> str:
    """Where it is told."""
    return whole(f"{ROOT}/proposals/{proposal.pk}")


def told(proposal: Proposal) -> dict[str, Any]:
    """One query where it was accepted, and one where something like it is there."""
    leading: dict[str, Any] = next(iter(proposal.read.get("by_language", {}).values()), {})
    odd = proposing.maker().odd_for_anybody(proposal.read) if proposal.read else []
    return {
        "@context": whole(f"{ROOT}/context.jsonld"),
        **_standing(proposal),
        "content": proposal.content,
        "keywords": [
            {
                "source": one["source"],
                "concept": one["concept"] if one["resolves_to"] == "concept" else None,
                "confidence": one["confidence"],
            }
            for one in leading.get("keywords", ())
        ],
        "odd": odd,
        "url": _pages(proposal),
    }


def in_short(proposal: Proposal) -> dict[str, Any]:
    """Where it stands, in a list; asks nothing."""
    return {**_standing(proposal), "title": proposal.title}


def _standing(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": str(proposal.pk),
        "self": url_of(proposal),
        "kind": proposal.kind,
        "state": proposal.state,
        "proposed": iso(proposal.made_at),
        "decided": iso(proposal.decided_at),
        "said": proposal.said,
    }


def _pages(proposal: Proposal) -> dict[str, str]:
    if proposal.page_id is None or proposal.page is None:
        return {}
    known = roots()
    live = readable().filter(translation_key=proposal.page.translation_key)
    if proposal.kind == TRANSLATION:
        # Its acceptance made drafts where no page was; what had been published before isn't its.
        live = live.filter(
            locale__language_code__in=proposal.read.get("by_language", {}),
            first_published_at__gte=proposal.decided_at,
        )
    rows = live.order_by("pk").values_list("locale__language_code", "url_path")
    return {
        code: whole(address(path, code, known[code]))
        for code, path in rows
        if code in known and code in dict(settings.LANGUAGES)
    }
