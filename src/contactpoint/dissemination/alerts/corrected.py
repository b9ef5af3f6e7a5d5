"""What a mail says of a correction: what was changed and why, as is public when it is sent."""

import uuid
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from contactpoint.dissemination.models import Happening
from contactpoint.kit.composing.document import Paragraph, Run
from contactpoint.outputs.corrections import Told, public, told

What = Happening.What


def corrections_of(happenings: Iterable[Happening], language: str) -> dict[str, Told]:
    """Those that the happenings tell of, by their key; no query where nothing was corrected."""
    keys = [key for one in happenings if (key := _key(one))]
    rows = public().filter(key__in=keys) if keys else ()
    return {str(one.key): one for one in told(rows, language)}


def is_taken_back(happening: Happening, corrections: Mapping[str, Told]) -> bool:
    """Whether it tells of a correction that is not public (any more)."""
    key = _key(happening)
    return key is not None and str(key) not in corrections


def notes_of(happenings: Iterable[Happening], corrections: Mapping[str, Told]) -> list[Paragraph]:
    """In the reader's language where they are in it; else marked as what they are."""
    notes = []
    for one in happenings:
        found = corrections.get(str(_key(one)))
        if found is None:
            notes += [Paragraph([Run(one.note)])] if one.note else []
            continue
        notes.append(Paragraph([Run(found.change, language=found.change_language)]))
        if found.reason:
            why = _("Why:") + " "
            reason = Run(found.reason, language=found.reason_language)
            notes.append(Paragraph([Run(why), reason]))
    return notes


def _key(happening: Happening) -> uuid.UUID | None:
    """Of the correction, where one was written down."""
    if happening.what != What.CORRECTED:
        return None
    try:
        return uuid.UUID(happening.mark)
    except ValueError:
        return None
