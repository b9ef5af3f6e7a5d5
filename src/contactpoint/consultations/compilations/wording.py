"""What is said of an answer and of states, the same on pages and in files; in the active
language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contactpoint.consultations.compilations.compilation import Given, State
from contactpoint.consultations.models import Instrument
from contactpoint.kit.days import in_words


def named(label: str, said: str) -> str:
    """What something is, and what is said of it: the colon stands as the language has it."""
    return f"{pgettext('before a value', '%(label)s:') % {'label': label}} {said}"


def kind_label(kind: str) -> str:
    """“Ad-hoc query”, “Study”."""
    return str(Instrument.Kind(kind).label)


def days(given: Given) -> str:
    """When it was said, and until when it holds."""
    said = [_("Answered on %(day)s") % {"day": in_words(given.answered_on)}]
    if given.confirmed_on and given.confirmed_on > given.answered_on:
        day = in_words(given.confirmed_on)
        said.append(_("confirmed on %(day)s") % {"day": day})
    until = {"day": in_words(given.valid_until)}
    if given.is_past:
        said.append(_("was valid until %(day)s, not confirmed since") % until)
    else:
        said.append(_("valid until %(day)s") % until)
    return " · ".join(said)


def states_said(states: Sequence[State]) -> str:
    """“Austria, Belgium (2 in all)”."""
    names = ", ".join(one.name for one in states)
    return _("%(names)s (%(number)s in all)") % {"names": names, "number": len(states)}


def number_of(number: int, of: int) -> str:
    """“14 of 25 states”."""
    return ngettext("%(number)s of %(all)s state", "%(number)s of %(all)s states", of) % {
        "number": number,
        "all": of,
    }
