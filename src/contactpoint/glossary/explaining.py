"""Why a word was taken for a concept, in the words of the active language.

The matcher is a library without translations and says its reasons as codes.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

REASONS: Final = {
    "exact": _("It is the preferred label."),
    "alternative": _("It is an alternative label."),
    "hidden": _("It is a spelling or synonym recorded for this concept."),
    "abbreviation": _("It is a recorded abbreviation."),
    "case": _("It is a label but for capital and small letters."),
    "apostrophe": _("It is a label but for the apostrophe."),
    "hyphen": _("It is a label but for a hyphen or a space."),
    "qualifier": _("It is a label but for the qualifier in brackets."),
    "spelling": _("It is a label in another accepted spelling."),
    "article": _("It is a label but for the article before it."),
    "accent": _("It is a label but for accents."),
    "inflected": _("It is an inflected form of a label, such as a plural."),
    "order": _("It is a label with its words turned round at a comma."),
    "compound": _("It is a compound word that contains a label."),
    "typo": _("It is a label but for what looks like a slip of the keyboard."),
    "unknown": _("No label is the same or close enough."),
    "no_topic": _("An editor decided that it is no topic."),
    "editor": _("An editor decided so."),
    "decided": _("An editor decided once what this word means."),
}


def explain(reason: str) -> str:
    """The sentence for a reason code; a code that is not known speaks for itself."""
    return str(REASONS.get(reason, reason))


OF_LABEL: Final = {
    "hyphen": _("%(label)s, but for a hyphen or a space"),
    "apostrophe": _("%(label)s, but for the apostrophe"),
    "qualifier": _("%(label)s, but for the qualifier in brackets"),
    "spelling": _("another spelling of %(label)s"),
    "article": _("%(label)s, with an article before it"),
    "accent": _("%(label)s, but for accents"),
    "inflected": _("inflected form of %(label)s"),
    "order": _("%(label)s, with its words turned round"),
}


def of_label(reason: str, label: str) -> str:
    """The reason in a few words that name the label, else (or without a label) as a sentence."""
    if label and reason in OF_LABEL:
        return str(OF_LABEL[reason]) % {"label": label}
    return explain(reason)
