"""Makes a version of what editors prepared, or of a file: all of it, or nothing at all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.accounts.models import User
from contactpoint.glossary.adopting import adopted
from contactpoint.glossary.drafting import (
    digest,
    draft_scheme,
    drafts,
    published_scheme,
    renames,
    save_draft,
)
from contactpoint.glossary.models import Concept, ConceptDraft, ConceptLabel, SchemeVersion
from contactpoint.glossary.numbering import NUMBER, is_newer, next_number
from contactpoint.glossary.payload import Payload, completed, to_payload
from contactpoint.glossary.proposals.actions import accepted_in
from contactpoint.glossary.scheme import SCHEME_ID, concept_address, scheme_address, titles
from contactpoint.glossary.snapshots import newest, record, record_baseline, scheme_in
from contactpoint.glossary.writing import refuse_what_does_not_fit, write_concepts
from contactpoint.kit import outbox
from contactpoint.vocabulary import Scheme, VocabularyError
from contactpoint.vocabulary.check import Finding, check
from contactpoint.vocabulary.diff import Diff, diff

MERGED: Final = "glossary.merged"
"""The outbox topic that tells the keys of concepts that gave way to another."""


class PublicationError(VocabularyError):
    """A version can't be published; `findings` are the errors of the glossary where there are."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file: the concepts that it holds, and those of them that were changed."""

    concepts: int
    changed: int
    version: str
    is_draft: bool = False


@transaction.atomic
def publish(
    number: str, notes: str, by: User | None = None, *, seen: str | None = None
) -> SchemeVersion:
    """Make a version of all that waits. A `PublicationError` says why it can't be, and the mend.

    `seen` is the state that the publisher looked at, see `state_of`; another one is not published.
    """
    record_baseline()
    waiting = drafts(locked=True)
    published = published_scheme()
    if seen is not None and seen != state_of(published, waiting):
        raise PublicationError(
            _("Somebody has changed the draft since you opened this page. Look at it again.")
        )
    if not waiting and not is_ahead(published):
        raise PublicationError(_("Nothing waits to be published. Change a concept first."))
    if not notes.strip():
        raise PublicationError(_("Say in the notes what this version brings."))
    _refuse_number(number)
    after = draft_scheme(published, waiting)
    errors = [finding for finding in check(after) if finding.severity == "error"]
    if errors:
        first = errors[0]
        raise PublicationError(
            f"The draft has {len(errors)} {'error' if len(errors) == 1 else 'errors'}. "
            f"{first.concept}: {first.message}",
            errors,
        )
    refuse_what_does_not_fit(after)
    for draft in waiting:
        for language, text in draft.forgotten:
            ConceptLabel.objects.filter(
                concept=draft.concept, language=language, text=text, learnt=True
            ).delete()
    touched = [draft.slug for draft in waiting]
    version = _write(after, number, notes, by, renamed=renames(waiting), touched=touched)
    accepted_in(version, waiting)
    ConceptDraft.objects.filter(pk__in=[draft.pk for draft in waiting]).delete()
    return version


def state_of(published: Scheme, waiting: Sequence[ConceptDraft]) -> str:
    """Tells whether two people looked at the same draft, and at the same concepts beside it."""
    drafted = [[one.pk, one.slug, one.payload, one.forgotten] for one in waiting]
    return digest([drafted, sorted(published.concepts)])


def before_and_after(published: Scheme, waiting: Sequence[ConceptDraft]) -> tuple[Scheme, Scheme]:
    """What readers of the newest version have, and what a version published now would hold."""
    version = newest()
    kept = scheme_in(version) if version else None
    # A portal that was set up before versions were kept has none of their concepts.
    before = kept if kept and kept.concepts else published
    return before, draft_scheme(published, waiting)


def is_ahead(published: Scheme) -> bool:
    """Whether a concept was proposed since the newest version, which readers see marked so."""
    version = newest()
    return version is not None and bool(set(published.concepts) - set(scheme_in(version).concepts))


def load_scheme(scheme: Scheme, *, notes: str = "", by: User | None = None) -> int:
    """Publish every concept of `scheme` under its version; returns how many it has. See `load`."""
    return load(scheme, notes=notes, by=by).concepts


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What loading a file would do: `after` is the glossary as it would be then."""

    after: Scheme
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int

    @property
    def touched(self) -> int:
        """How many concepts would be new or not what they were."""
        return len(self.added) + len(self.changed)


def foresee(scheme: Scheme) -> Foreseen:
    """What `load` would do with `scheme`; writes nothing. Refuses what can't be kept, as it does.

    Changed are also concepts that the file lacks but says a relation to.
    """
    refuse_what_does_not_fit(scheme)
    published = published_scheme()
    after = _merged(published, adopted(scheme))
    touched = _changed(published, after)
    changed = tuple(slug for slug in touched if slug in published.concepts)
    added = tuple(slug for slug in touched if slug not in published.concepts)
    return Foreseen(after, added, changed, len(after.concepts) - len(touched))


@transaction.atomic
def load(scheme: Scheme, *, notes: str = "", by: User | None = None) -> Loaded:
    """Publish every concept of `scheme`, by its id, under the scheme's version.

    Concepts that exist are replaced whole, and stay readable in the version before; concepts that
    the scheme lacks stay as they are, and so do editors' drafts. What is there already is not
    loaded again. A relation to a concept that the scheme lacks, or a version that is not newer
    than the newest, is a `VocabularyError`, and nothing is kept.
    """
    refuse_what_does_not_fit(scheme)
    record_baseline()
    scheme = adopted(scheme)
    published = published_scheme()
    content = _digest(scheme)
    known = SchemeVersion.objects.filter(digest=content, number=scheme.version).first()
    merged = _merged(published, scheme)
    changed = _changed(published, merged)
    newest_version = newest()
    is_same = not changed and newest_version is not None
    if known or (is_same and scheme.version in {"", newest_version and newest_version.number}):
        return Loaded(len(scheme.concepts), 0, newest_version.number if newest_version else "")
    number = scheme.version or next_number(newest_version.number if newest_version else "")
    _refuse_number(number)
    version = _write(merged, number, notes, by, digest=content, touched=changed)
    return Loaded(len(scheme.concepts), len(changed), version.number)


@transaction.atomic
def draft_scheme_file(scheme: Scheme, *, by: User | None = None) -> Loaded:
    """Make a draft of each concept of `scheme` that differs from what readers see.

    A concept that an editor's draft changes in another way is a `PublicationError`.
    """
    refuse_what_does_not_fit(scheme)
    record_baseline()
    scheme = adopted(scheme)
    published = published_scheme()
    merged = _merged(published, scheme)
    changed = [
        slug
        for slug in sorted(scheme.concepts)
        if slug not in published.concepts
        or _own_payload(published, slug) != _own_payload(merged, slug)
    ]
    waiting = {draft.slug: draft.payload for draft in drafts()}
    own = {slug: _own_payload(merged, slug) for slug in changed}
    taken = [slug for slug in changed if slug in waiting and waiting[slug] != own[slug]]
    if taken:
        raise PublicationError(
            f"Editors are changing {', '.join(taken[:5])}{' and others' if len(taken) > 5 else ''} "
            "already. Publish or discard their changes first."
        )
    rows = {row.slug: row for row in Concept.objects.all()}
    for slug in changed:
        if slug not in waiting:
            save_draft(merged.concepts[slug], row=rows.get(slug), by=by)
    newest_version = newest()
    number = newest_version.number if newest_version else ""
    return Loaded(len(scheme.concepts), len(changed), number, is_draft=True)


def _refuse_number(number: str) -> None:
    version = newest()
    words = {
        "number": number,
        "newest": version.number if version else "",
        "next": next_number(version.number if version else ""),
    }
    if not NUMBER.fullmatch(number):
        raise PublicationError(
            _(
                "“%(number)s” is no version number. Write digits with dots, such as %(next)s; 20 "
                "characters at most."
            )
            % words
        )
    if SchemeVersion.objects.filter(number=number).exists():
        raise PublicationError(
            _(
                "Version %(number)s is published already, with other content. Give this one a "
                "higher number, such as %(next)s."
            )
            % words
        )
    if version is not None and not is_newer(number, version.number):
        raise PublicationError(
            _(
                "Version %(number)s is older than %(newest)s, which is published. Give it a higher "
                "number, such as %(next)s."
            )
            % words
        )


def _write(
    after: Scheme,
    number: str,
    notes: str,
    by: User | None,
    *,
    touched: Sequence[str],
    renamed: dict[str, str] | None = None,
    digest: str = "",
) -> SchemeVersion:
    previous = newest()
    before = scheme_in(previous) if previous else None
    changed = sorted({*_changed(published_scheme(), after), *touched})
    own = {slug: concept_address(slug) for slug in changed}
    write_concepts(after, changed, own_addresses=own, renamed=renamed)
    _tell_merged(after, changed)
    after = replace(after, id=SCHEME_ID, version=number, labels=titles(), uri=scheme_address())
    found: dict[str, Any] = _kept(diff(before, after)) if before else {}
    counts = found.get("counts", {"added": len(after.concepts)})
    version = SchemeVersion.objects.create(
        number=number,
        published_on=timezone.localdate(),
        published_by=by,
        notes=notes.strip(),
        digest=digest,
        concept_count=sum(one.status != "deprecated" for one in after.concepts.values()),
        counts=counts,
        diff=found,
    )
    record(version, after)
    return version


def _tell_merged(after: Scheme, changed: Sequence[str]) -> None:
    """Whoever classifies with concepts hears which of them gave way to another."""
    slugs = [
        slug
        for slug in changed
        if after.concepts[slug].status == "deprecated" and after.concepts[slug].replaced_by
    ]
    pks = sorted(Concept.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    if pks:
        outbox.publish(MERGED, concepts=pks)


def _kept(found: Diff) -> dict[str, Any]:
    """A comparison as a version keeps it: what was added or removed whole is in the payloads."""
    shape = found.as_json()
    for change in shape["changes"]:
        if change["kind"] in {"added", "removed"}:
            change["fields"] = []
    return shape


def _merged(published: Scheme, scheme: Scheme) -> Scheme:
    """`scheme` and what it lacks of `published`."""
    kept = {
        slug: replace(concept, narrower=())
        for slug, concept in published.concepts.items()
        if slug not in scheme.concepts
    }
    return completed(replace(scheme, concepts={**kept, **scheme.concepts}))


def _changed(before: Scheme, after: Scheme) -> list[str]:
    """Concepts of `after` that are not the same in `before`."""
    return [
        slug
        for slug in sorted(after.concepts)
        if slug not in before.concepts or _payload(before, slug) != _payload(after, slug)
    ]


def _payload(scheme: Scheme, slug: str) -> Payload:
    return to_payload(scheme.concepts[slug], concept_address(slug))


def _own_payload(scheme: Scheme, slug: str) -> Payload:
    """As a draft holds it: narrower is told by the narrower concept."""
    return to_payload(replace(scheme.concepts[slug], narrower=()), concept_address(slug))


def _digest(scheme: Scheme) -> str:
    content = {slug: _payload(scheme, slug) for slug in sorted(scheme.concepts)}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
