"""The process that `press` starts: TEMPLATE SECONDS BYTES MOMENT, with what is to be set as JSON on
standard input.

Fonts are loaded by setting a page of nothing in each of them; then the door is sealed, and only
then is the document looked at. It answers with the number of pages, a line break, and the PDF.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst
from pypdfium2 import PdfDocument

from contactpoint.vocabulary import door

_HERE: Final = Path(__file__).parent
_NOTHING: Final = {
    "language": "en",
    "direction": "ltr",
    "title": "–",
    "authors": [],
    **dict.fromkeys(("summary", "kicker", "publisher", "foot", "notice", "dated"), "–"),
    "code": "",
    **{key: [] for key in ("facts", "blocks", "entries", "closing", "sections")},
    "languages": ["en", "en"],
    "directions": ["ltr", "ltr"],
    **{key: ["–", "–"] for key in ("names", "foots")},
}


def main(arguments: list[str]) -> int:
    """Set one document, or one sheet."""
    name, *numbers = arguments
    seconds, memory, moment = map(int, numbers)
    os.nice(10)  # readers of the site go first
    with TemporaryDirectory() as empty:
        template = (_HERE / f"{name}.typ").read_bytes()
        compiler = _prepared(empty, template)
        document = sys.stdin.buffer.read().decode()
    door.seal(seconds, memory)
    pdf = _set(compiler, template, document, moment)
    sys.stdout.buffer.write(b"%d\n" % len(PdfDocument(pdf)))
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def _prepared(root: str, template: bytes) -> typst.Compiler:
    """All is loaded that setting a page needs: the files of fonts, and the threads."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"]
    )
    compiler = typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True)
    faces = [
        f'#text(font: "{face.family}", weight: {face.weight}, style: "{face.style}")[.]'
        for face in fonts.fonts()
    ]
    compiler.compile("\n".join(faces).encode(), format="pdf")
    PdfDocument(_set(compiler, template, json.dumps(_NOTHING), 0))
    return compiler


def _set(compiler: typst.Compiler, template: bytes, document: str, moment: int) -> bytes:
    made = compiler.compile(
        template,
        format="pdf",
        sys_inputs={"document": document},
        pdf_standards="ua-1",
        timestamp=moment,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
