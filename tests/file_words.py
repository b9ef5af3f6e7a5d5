"""What a file of ours says, as one text: PDF by its text, Word and Excel unpacked."""

import io
import zipfile

from pypdfium2 import PdfDocument

PACKED = "application/vnd.openxmlformats-officedocument"


def words_of(media_type: str, content: bytes) -> str:
    """By its media type; anything else is text already."""
    if media_type.startswith("application/pdf"):
        pages = PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if media_type.startswith(PACKED):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return content.decode("utf-8", "replace")
