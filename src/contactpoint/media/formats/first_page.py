"""The process that `picturing` starts: SECONDS BYTES, a PDF on standard input.

It answers with the first page as it looks: a line of JSON with its width and height in pixels, then
its pixels, three bytes each. Pixels can't be a hostile picture, whatever the file made of us.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

from contactpoint.vocabulary import door

WIDEST: Final = 480
"""In pixels: twice as wide as the margin in which it stands, for screens that show more."""
TALLEST: Final = 960


def main(arguments: list[str]) -> int:
    """Draw one page; whatever is wrong with it is an error code."""
    import pypdfium2  # noqa: PLC0415 — only this process needs it

    seconds, memory = arguments
    os.nice(10)  # readers of the site go first
    data = sys.stdin.buffer.read()
    door.seal(int(seconds), int(memory))
    page = pypdfium2.PdfDocument(data)[0]
    width, height = page.get_size()
    bitmap = page.render(
        scale=min(WIDEST / width, TALLEST / height),
        fill_color=(255, 255, 255, 255),
        may_draw_forms=False,
        draw_annots=False,
        rev_byteorder=True,
    )
    shown = bitmap.width * bitmap.n_channels
    lines = memoryview(bitmap.buffer).cast("B")
    out = sys.stdout.buffer
    out.write(json.dumps({"width": bitmap.width, "height": bitmap.height}).encode() + b"\n")
    for start in range(0, bitmap.stride * bitmap.height, bitmap.stride):
        line = lines[start : start + shown].tobytes()
        out.write(_without_fourth(line) if bitmap.n_channels > len("RGB") else line)
    out.flush()
    return 0


def _without_fourth(line: bytes) -> bytes:
    """RGB of a line that has four bytes a pixel."""
    kept = bytearray(len(line) // 4 * 3)
    for channel in range(3):
        kept[channel::3] = line[channel::4]
    return bytes(kept)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
