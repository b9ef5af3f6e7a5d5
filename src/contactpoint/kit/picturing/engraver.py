"""The process that `png` starts: SECONDS BYTES PPI, the picture as JSON on standard input.

Fonts are loaded by setting a word in each of them; then the door is sealed, and only then is the
picture looked at. It answers with the PNG.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from contactpoint.kit import composing
from contactpoint.vocabulary import door

_FONTS: Final = Path(composing.__file__).parent / "fonts"
_SHAPES: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8"/></svg>'
)
_NOTHING: Final = {"width": 8, "height": 8, "shapes": _SHAPES, "texts": []}


def main(arguments: list[str]) -> int:
    """Draw one picture."""
    seconds, memory = map(int, arguments[:2])
    ppi = float(arguments[2])
    os.nice(10)  # readers of the site go first
    with TemporaryDirectory() as empty:
        template = Path(__file__).with_suffix(".typ").read_bytes()
        compiler = _prepared(empty, template)
        picture = sys.stdin.buffer.read().decode()
    door.seal(seconds, memory)
    sys.stdout.buffer.write(_drawn(compiler, template, picture, ppi))
    sys.stdout.buffer.flush()
    return 0


def _prepared(root: str, template: bytes) -> typst.Compiler:
    """All is loaded that drawing needs: the files of fonts, and the threads."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]
    )
    compiler = typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True)
    faces = [
        f'#text(font: "{face.family}", weight: {face.weight}, style: "{face.style}")[.]'
        for face in fonts.fonts()
    ]
    compiler.compile("\n".join(faces).encode(), format="png")
    _drawn(compiler, template, json.dumps(_NOTHING), 72)
    return compiler


def _drawn(compiler: typst.Compiler, template: bytes, picture: str, ppi: float) -> bytes:
    made = compiler.compile(template, format="png", ppi=ppi, sys_inputs={"picture": picture})
    if not isinstance(made, bytes):
        raise TypeError("a picture is one file")
    return made


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
