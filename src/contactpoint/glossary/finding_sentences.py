"""What is wrong with the glossary, in the words of the active language.

The checks are of a library without translations; it says in English what these sentences say.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from contactpoint.vocabulary.check import Finding

SENTENCES: Final = {
    "preferred-missing": _("It has no preferred label in any language. Add one, in English first."),
    "preferred-twice": _(
        "It has several preferred labels in this language: {labels}. Keep one and make the others "
        "alternative labels."
    ),
    "label-repeated": _("“{label}” is a label of it twice. Keep it once."),
    "preferred-shared": _(
        "“{label}” is also the preferred label of {others}. Tell them apart with a qualifier in "
        "brackets, or merge the concepts."
    ),
    "label-shared": _(
        "“{label}” is also a label of {others}. Keep it where it is used most, or merge the "
        "concepts."
    ),
    "hidden-shared": _(
        "“{label}” also leads to {others}. Remove it from one of them if the words should be "
        "certain."
    ),
    "label-near": _(
        "{labels} differ only by case or accent. One is enough: the matcher finds the others."
    ),
    "label-near-other": _(
        "“{label}” differs only by case or accent from “{other}” of {others}. Add a qualifier in "
        "brackets, or merge the concepts."
    ),
    "translation-missing": _("It has no preferred label in this language. Add it."),
    "definition-missing": _("It has no definition. Write one, with its source."),
    "definition-untranslated": _(
        "It is defined in {languages}, not in this language. Translate the definition."
    ),
    "broader-cycle": _("It stands above itself: {path}. Remove one of these broader relations."),
    "orphan": _("It has no broader, narrower or related concept. Give it a place in the glossary."),
    "relation-unknown": _(
        "It has a relation to {target}, which the glossary does not have. Add that concept, or "
        "remove the relation."
    ),
    "relation-deprecated": _(
        "It has a relation to {target}, which is deprecated. Lead it to another concept, or remove "
        "it."
    ),
    "related-self": _("It is related to itself. Remove the relation."),
    "related-one-sided": _(
        "It is related to {target}, which does not say so. Write the relation on both sides."
    ),
    "related-and-broader": _(
        "{target} is both related and above it in the hierarchy. Remove one of the two."
    ),
    "successor-missing": _(
        "It is deprecated and nothing takes its place. Name a successor, or say in a note why "
        "there is none."
    ),
    "successor-unknown": _(
        "Its successor {target} is not in the glossary. Add that concept, or name another."
    ),
    "successor-deprecated": _("Its successor {target} is deprecated too. Name one that is in use."),
    "successor-cycle": _("Its successors lead back to it: {path}. Name one that is in use."),
    "successor-early": _(
        "It names {target} as its successor, but is not deprecated. Deprecate it, or remove the "
        "successor."
    ),
    "match-malformed": _(
        "The match “{address}” is no web address. Write it whole, from https:// on."
    ),
    "match-dangling": _(
        "The match {address} should be a concept of {scheme}, which has none of that address. Mend "
        "the address, or remove the match."
    ),
    "match-own": _(
        "The match {address} is a concept of this very glossary. Make the two related, or merge "
        "them."
    ),
    "match-deprecated": _("The match {address} was deprecated there. Name another, or remove it."),
    "match-twice": _("{address} is both its exact and its close match. Keep the one that is true."),
    "match-shared": _(
        "{address} is also an exact match of {others}. Make one of them a close match, or merge "
        "the concepts."
    ),
    "address-malformed": _(
        "Its own address “{address}” is no web address. Write it whole, from https:// on."
    ),
    "address-shared": _(
        "{address} is also the address of {others}. An address names one concept: change one of "
        "them."
    ),
}
SEVERITIES: Final = {"error": _("Error"), "warning": _("Warning"), "hint": _("Hint")}


def sentence(finding: Finding) -> str:
    """What is wrong and the mend."""
    return str(SENTENCES[finding.code]).format_map(finding.words)
