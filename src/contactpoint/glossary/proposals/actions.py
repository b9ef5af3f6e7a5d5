"""Receives proposals and decides on them: the only functions that write them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from contactpoint.glossary.drafting import prepared, save_draft
from contactpoint.glossary.forms import identifiers
from contactpoint.glossary.models import (
    Concept,
    FormerSlug,
    Proposal,
    ProposalAddress,
    ProposalStep,
    SchemeVersion,
)
from contactpoint.glossary.models.proposals import OPEN
from contactpoint.glossary.proposals.limits import may_mail
from contactpoint.glossary.proposals.mails import CONFIRM_WITHIN, ask, hashed, tell
from contactpoint.kit.outbox import publish
from contactpoint.vocabulary import Definition, Label, VocabularyConcept

NOT_A_SLUG: Final = frozenset({"", "propose", "proposals", "hierarchy", "versions"})
"""Names that stand for something else under `/glossary/`."""


class ProposalError(ValueError):
    """It can't be done; the message tells the editor why."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What an editor takes over, which need not be what was proposed, word for word.

    `english` names a new concept, whose own language may be another. Empty parts change nothing.
    """

    label: str = ""
    label_kind: Literal["preferred", "alternative"] = "preferred"
    definition: str = ""
    definition_source: str = ""
    english: str = ""


@transaction.atomic
def receive(
    proposed: Mapping[str, str],
    *,
    kind: str,
    concept: Concept | None,
    reference: str,
    email: str = "",
    reader_language: str,
) -> Proposal:
    """File a proposal under its reference; sent twice, it is filed once."""
    proposal, is_new = Proposal.objects.get_or_create(
        reference=reference, defaults={**proposed, "kind": kind, "concept": concept}
    )
    if is_new and email and may_mail(email):
        address = ProposalAddress.objects.create(
            proposal=proposal, email=email, language=reader_language
        )
        ask.enqueue(address.pk)
    return proposal


def waiting_address(token: str) -> ProposalAddress | None:
    """The address that a token belongs to, as long as the token holds."""
    since = timezone.now() - CONFIRM_WITHIN
    return (
        ProposalAddress.objects.filter(
            token_hash=hashed(token), asked_at__gt=since, confirmed_at=None
        )
        .select_related("proposal")
        .first()
    )


@transaction.atomic
def confirm_address(address: ProposalAddress) -> None:
    """The reader wants to hear the outcome. The token is spent."""
    ProposalAddress.objects.filter(pk=address.pk).update(token_hash="", confirmed_at=timezone.now())
    if not address.proposal.is_open:
        tell.enqueue(address.proposal_id)


def forget_address(address: ProposalAddress) -> None:
    """The reader does not want to hear of it."""
    address.delete()


@transaction.atomic
def set_public(proposal: Proposal, shown: bool, *, user: Any) -> Proposal:
    """Let a proposal through to the public list, or keep it from there; it has been looked at."""
    proposal = _locked(proposal)
    proposal.is_public = shown
    if proposal.status == Proposal.Status.RECEIVED:
        proposal.status = Proposal.Status.REVIEW
    proposal.save(update_fields=["is_public", "status"])
    _note(proposal, ProposalStep.Kind.SHOWN if shown else ProposalStep.Kind.WITHHELD, user)
    return proposal


@transaction.atomic
def accept_proposal(
    proposal: Proposal, taking: Taking, *, user: Any, is_public: bool = True
) -> Proposal:
    """Take a proposal over into the glossary, and tell the reader.

    It waits in the draft of the next version: a translation adds its name, a new term makes a
    concept with the status “proposed”. A change is made as far as `taking` says; what is neither
    name nor definition the editor does by hand.
    """
    proposal = _locked(proposal, must_be_open=True)
    proposal.concept = _take_over(proposal, taking, user)
    proposal.reason = ""
    _decide(proposal, Proposal.Status.ACCEPTED, is_public, user)
    return proposal


@transaction.atomic
def decline_proposal(
    proposal: Proposal, reason: str, *, user: Any, is_public: bool = False
) -> Proposal:
    """Leave the glossary as it is; the reason is for the reader."""
    if not reason.strip():
        raise ProposalError(_("Give the reader a reason."))
    proposal = _locked(proposal, must_be_open=True)
    proposal.reason = reason.strip()
    _decide(proposal, Proposal.Status.DECLINED, is_public, user)
    return proposal


def accepted_in(version: SchemeVersion) -> int:
    """All that was accepted since the last version is in this one; call it when it is published."""
    accepted = Proposal.objects.filter(status=Proposal.Status.ACCEPTED, version=None)
    return accepted.update(version=version)


def _locked(proposal: Proposal, *, must_be_open: bool = False) -> Proposal:
    """The row as it is now: another editor may have been quicker."""
    fresh = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if must_be_open and fresh.status not in OPEN:
        raise ProposalError(_("Somebody has decided on this proposal already."))
    return fresh


def _decide(proposal: Proposal, status: Proposal.Status, is_public: bool, user: Any) -> None:
    proposal.status = status
    proposal.is_public = is_public
    proposal.decided_at = timezone.now()
    proposal.save()
    _note(proposal, ProposalStep.Kind(str(status)), user)
    publish("proposal.decided", proposal=proposal.pk)


def _note(proposal: Proposal, kind: ProposalStep.Kind, user: Any) -> None:
    ProposalStep.objects.create(proposal=proposal, kind=kind, user=user, name=str(user)[:254])


def _take_over(proposal: Proposal, taking: Taking, user: Any) -> Concept | None:
    """Puts the concept into the draft of the next version, with what waits there already."""
    row: Concept | None = None
    if proposal.kind == Proposal.Kind.TERM:
        concept = _new_concept(taking)
    elif proposal.concept is None:
        raise ProposalError(_("The concept is no longer there. Decline the proposal."))
    else:
        row = Concept.objects.select_for_update().get(pk=proposal.concept.pk)
        concept = prepared(row)
    if taking.label:
        concept = _named(concept, proposal.language, taking)
    if taking.definition:
        concept = _defined(concept, proposal.language, taking)
    save_draft(concept, row=row, by=user)
    return row


def _new_concept(taking: Taking) -> VocabularyConcept:
    if not taking.english:
        raise ProposalError(_("A new concept needs an English label."))
    known = identifiers()
    if taking.english.casefold() in known:
        raise ProposalError(
            _("There is a concept called “%(label)s” already.") % {"label": taking.english}
        )
    slug = slugify(taking.english)[:90].strip("-")
    taken = {*known.values(), *FormerSlug.objects.values_list("slug", flat=True)}
    number, free = 2, slug
    while free in taken or free in NOT_A_SLUG:
        free, number = f"{slug or 'concept'}-{number}", number + 1
    return VocabularyConcept(id=free, labels=(Label(taking.english, "en"),), status="proposed")


def _named(concept: VocabularyConcept, language: str, taking: Taking) -> VocabularyConcept:
    """Adds a name; a preferred label that gives way stays as an alternative one.

    One that was hidden until now may be seen."""
    new = Label(taking.label, language, taking.label_kind)
    mine = [label for label in concept.labels if label.language == language]
    is_there = any((label.text, label.kind) == (new.text, new.kind) for label in mine)
    is_preferred = any((label.text, label.kind) == (new.text, "preferred") for label in mine)
    if is_there or is_preferred:
        if not taking.definition:
            raise ProposalError(
                _("“%(label)s” (%(language)s) is a label of this concept already.")
                % {"label": taking.label, "language": language}
            )
        return concept
    kept: list[Label] = []
    for label in concept.labels:
        if label.language == language and label.text == new.text:
            continue
        gives_way = (
            new.kind == label.kind == "preferred"
            and label.language == language
            and not label.variant
        )
        kept.append(replace(label, kind="alternative") if gives_way else label)
    return replace(concept, labels=(*kept, new))


def _defined(concept: VocabularyConcept, language: str, taking: Taking) -> VocabularyConcept:
    """The definition of no context in that language gives way; those of a context stay."""
    kept = [one for one in concept.definitions if one.language != language or one.context]
    new = Definition(taking.definition, language, taking.definition_source)
    return replace(concept, definitions=(*kept, new))
