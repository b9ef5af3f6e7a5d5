"""References to figures are no words: a translation has those of its original, or isn't shown.

Whoever writes a translation is told, by whatever way it came: beside the original, from a bureau's
file, by a machine.
"""

from collections import Counter
from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

from contactpoint.outputs.figures.tokens import TOKEN, reference


def difference(original: str, translated: str) -> str:
    """What has to be put right, with the token; empty where both refer to the same figures."""
    wanted, found = _tokens(original), _tokens(translated)
    for token in wanted - found:
        return _("%(token)s stands in the original and not here. Write it as it stands there.") % {
            "token": token
        }
    for token in found - wanted:
        return _("%(token)s stands here and not in the original. Take it away.") % {"token": token}
    if translated.count("[[") != original.count("[["):
        return _("Double brackets begin a figure, and the original has others. Look at them.")
    return ""


def _tokens(html: str) -> Counter[str]:
    """As they are written, or rather as they are read: spaces and small letters say nothing."""
    return Counter(str(reference(one) or f"[[{one}]]") for one in TOKEN.findall(html))


def hold_back(instance: StringTranslation, raw: bool = False, **_kwargs: Any) -> None:
    """Before a translated piece is stored: what refers to other figures is kept, and not shown."""
    if raw or "[[" not in instance.translation_of.data + instance.data:
        return
    problem = difference(instance.translation_of.data, instance.data)
    if problem:
        instance.has_error, instance.field_error = True, problem


def connect() -> None:
    """Listen; called once, when Django starts."""
    pre_save.connect(hold_back, sender=StringTranslation, dispatch_uid="tokens_of_translations")
