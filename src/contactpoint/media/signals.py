"""What upper floors may listen to, to keep what they made of a document's text in step."""

from typing import Final

from django.dispatch import Signal

document_text_changed: Final = Signal()
"""`pk` of a document whose text, title, language or visibility may be another than before.

Sent inside the transaction of the change, with `CustomDocument` as the sender. The document is not
there any more where it was deleted.
"""

recording_changed: Final = Signal()
"""`pk` of a recording whose words, file or visibility may be another than before; sent like the one
above, with `Recording` as the sender, and with `gone` as True before it is deleted."""
