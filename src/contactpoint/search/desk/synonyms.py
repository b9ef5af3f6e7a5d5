"""Teaches the glossary a word that readers use: the same way as an unknown keyword is mapped.

The word is learnt, so the search understands it at once; it stands among the decided keywords,
where it is taken back; and the draft of the next version has it as a hidden label.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contactpoint.glossary.carrying import carry
from contactpoint.glossary.models import Concept
from contactpoint.glossary.models.decisions import key_of
from contactpoint.glossary.remembering import can_be_learnt
from contactpoint.outputs.resolving import Mapped, map_keyword


class SynonymError(ValueError):
    """The words can't be a name of a concept; the message says why."""


@transaction.atomic
def add_synonym(words: str, concept: Concept, *, language: str, user: Any) -> Mapped:
    """Let the words mean the concept in a language, in questions and in items.

    Raises `SynonymError`, or `LabelTakenError` where another concept has them as a label, and
    changes nothing then.
    """
    if not can_be_learnt(words, language):
        raise SynonymError(_("These words say too little to be a name of a concept."))
    mapped = map_keyword([key_of(words)], concept, user=user, language=language, asked=[words])
    carry(concept, mapped.learnt, language, by=user)
    return mapped
