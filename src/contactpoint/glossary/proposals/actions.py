"""Receives proposals and decides on them: the only functions that write them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.glossary.drafting import prepared, save_draft
from contactpoint.glossary.models import (
    Concept,
    ConceptDraft,
    Proposal,
    ProposalAddress,
    ProposalStep,
    SchemeVersion,
)
from contactpoint.glossary.models.proposals import OPEN
from contactpoint.glossary.proposals.limits import may_mail
from contactpoint.glossary.proposals.mails import CONFIRM_WITHIN, ask, hashed, tell
from contactpoint.glossary.slugs import free_slug
from contactpoint.kit.outbox import publish
from contactpoint.vocabulary import Definition, Label, VocabularyConcept


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
    """File a proposal under its reference; sent twice, it is filed once.

    An address that has been asked too often is kept like any other, and not written to: whether a
    form was sent before must not depend on it.
    """
    proposal, is_new = Proposal.objects.get_or_create(
        reference=reference, defaults={**proposed, "kind": kind, "concept": concept}
    )
    if is_new and email:
        address = ProposalAddress.objects.create(
            proposal=proposal, email=email, language=reader_language
        )
        if may_mail(email):
            ask.enqueue(address.pk)
    return proposal


def received_before(reference: str) -> Proposal | None:
    """What came of a form with this reference already."""
    return Proposal.objects.select_related("address").filter(reference=reference).first()


def is_same(proposal: Proposal, proposed: Mapping[str, str], email: str) -> bool:
    """Whether a form that is sent again says nothing new; a new address to write to is new."""
    address = getattr(proposal, "address", None)
    kept = address.email if address else ""
    is_known = not email or email == kept
    return is_known and all(getattr(proposal, name) == text for name, text in proposed.items())


def address_of(token: str) -> ProposalAddress | None:
    """The address that a token belongs to, as long as the address is kept."""
    rows = ProposalAddress.objects.filter(token_hash=hashed(token))
    return rows.select_related("proposal").first()


@transaction.atomic
def confirm_address(address: ProposalAddress) -> bool:
    """The reader wants to hear the outcome; a second time, or too late, it changes nothing.

    The token stays, hashed, as long as the address does: with it the reader can change their mind.
    """
    now = timezone.now()
    waits = ProposalAddress.objects.filter(
        pk=address.pk, confirmed_at=None, asked_at__gt=now - CONFIRM_WITHIN
    )
    if not waits.update(confirmed_at=now):
        return False
    if not address.proposal.is_open:
        tell.enqueue(address.proposal_id)
    return True


def forget_address(address: ProposalAddress) -> None:
    """The reader does not want to hear of it, or not any more."""
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

    A translation adds its name, a new term makes a concept with the status “proposed”. A change is
    made as far as `taking` says; what is neither name nor definition the editor does by hand. All
    of it stands in the draft: readers see it when a version is published.
    """
    proposal = _locked(proposal, must_be_open=True)
    proposal.draft = _take_over(proposal, taking, user)
    proposal.slug = proposal.draft.slug if proposal.draft else ""
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


def accepted_in(version: SchemeVersion, drafts: Collection[ConceptDraft]) -> int:
    """What was accepted into these drafts is in this version; publishing says so, before they go.

    So is what an editor was to change by hand in one of their concepts. What hung on an earlier
    draft that was discarded is not.
    """
    slugs = [draft.slug for draft in drafts]
    waiting = Proposal.objects.filter(status=Proposal.Status.ACCEPTED, version=None)
    by_hand = Q(slug="", concept__slug__in=slugs)
    rows = list(waiting.filter(Q(draft__in=drafts) | by_hand).select_related("draft"))
    concepts = {row.slug: row for row in Concept.objects.filter(slug__in=slugs)}
    for row in rows:
        row.version = version
        if row.draft is not None:
            row.slug = row.draft.slug
            row.concept = row.concept or concepts.get(row.slug)
    return Proposal.objects.bulk_update(rows, ["version", "concept", "slug"])


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


def _take_over(proposal: Proposal, taking: Taking, user: Any) -> ConceptDraft | None:
    """Write the concept into the draft, and return that; None where an editor does it by hand."""
    row: Concept | None = None
    if proposal.kind == Proposal.Kind.TERM:
        concept = _new_concept(taking)
    elif proposal.concept is None:
        raise ProposalError(_("The concept is no longer there. Decline the proposal."))
    else:
        row = Concept.objects.select_for_update().get(pk=proposal.concept.pk)
        concept = prepared(row)
        if "deprecated" in {row.status, concept.status}:
            raise ProposalError(
                _("The concept has been withdrawn. Decline the proposal, and say so.")
            )
    if taking.label:
        concept = replace(concept, labels=_labels(concept, proposal.language, taking))
    if taking.definition:
        definition = Definition(taking.definition, proposal.language, taking.definition_source)
        others = [one for one in concept.definitions if one.language != proposal.language]
        concept = replace(concept, definitions=(*others, definition))
    draft = save_draft(concept, row=row, by=user)
    is_carried_out = row is None or taking.label or taking.definition
    return draft if is_carried_out else None


def _new_concept(taking: Taking) -> VocabularyConcept:
    if not taking.english:
        raise ProposalError(_("A new concept needs an English label."))
    if Concept.objects.filter(labels__en__iexact=taking.english).exists():
        raise ProposalError(
            _("There is a concept called “%(label)s” already.") % {"label": taking.english}
        )
    return VocabularyConcept(
        id=free_slug(taking.english), labels=(Label(taking.english, "en"),), status="proposed"
    )


def _labels(concept: VocabularyConcept, language: str, taking: Taking) -> tuple[Label, ...]:
    """With the name added; a preferred label that gives way stays as an alternative one, and one
    that was hidden until now may be seen."""
    new = Label(taking.label, language, taking.label_kind)
    mine = [one for one in concept.labels if one.language == language]
    if any((one.text, one.kind) in {(new.text, new.kind), (new.text, "preferred")} for one in mine):
        if not taking.definition:
            raise ProposalError(
                _("“%(label)s” (%(language)s) is a label of this concept already.")
                % {"label": taking.label, "language": language}
            )
        return concept.labels
    labels = []
    for one in concept.labels:
        if one.language == language and one.text == new.text:
            continue
        gives_way = one.language == language and "preferred" == one.kind == new.kind
        labels.append(replace(one, kind="alternative") if gives_way else one)
    return (*labels, new)
