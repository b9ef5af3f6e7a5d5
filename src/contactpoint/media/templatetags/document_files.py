"""What the form of a document tells of its file."""

from typing import Any

from django import template

from contactpoint.media.models import CustomDocument, DocumentReading
from contactpoint.media.telling import facts, safety, warnings

register = template.Library()


@register.simple_tag
def told_of(document: CustomDocument) -> dict[str, Any]:
    """`safety` is a sentence, `facts` pairs of words, `warnings` sentences; each may be empty."""
    reading = DocumentReading.objects.filter(document_id=document.pk).first()
    about = reading.about if reading is not None else {}
    return {"safety": safety(document), "facts": facts(about), "warnings": warnings(about)}
