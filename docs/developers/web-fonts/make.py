"""Makes the light fonts that nearly every page needs from the whole ones beside this file.

    pip install fonttools brotli
    python docs/developers/web-fonts/make.py

Kept are the weights from 400 to 700, one optical size and the features that the sheets ask for;
hints go, since screens that need them are gone. The Cyrillic one holds the names of languages on
the front page and nothing else. Each is named as ours, since the licence reserves the name of what
was changed. A browser may keep a font for ever: what is made anew gets a new file name.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEB = HERE.parents[2] / "src" / "contactpoint" / "kit" / "static" / "kit" / "fonts"
WEIGHTS = {"wght": (400, 700)}
FEATURES = ["ccmp", "liga", "tnum", "pnum", "lnum", "kern", "mark", "locl"]
MADE = {
    # file: (name, what it is made from, axes, letters or all)
    "portal-serif-latin": (
        "Portal Serif", HERE / "source-serif-4-latin.woff2", {**WEIGHTS, "opsz": 20}, "",
    ),
    "portal-sans-latin": ("Portal Sans", HERE / "source-sans-3-latin.woff2", WEIGHTS, ""),
    "portal-sans-cyrillic-names": (
        "Portal Sans", WEB / "source-sans-3-cyrillic.woff2", WEIGHTS, "Русский Українська",
    ),
}  # fmt: skip


def written(code: int) -> bool:
    """Whether people write it: the letters and signs of Latin 1, dashes, quotes, arrows, the euro,
    and not the marks that go on letters which have a code of their own, nor spaces by the dozen."""
    return code < 0x0180 or 0x02BB <= code <= 0x02DD or 0x2010 <= code <= 0x206F or code >= 0x20AC


def make(name: str, family: str, source: Path, axes: dict[str, object], letters: str) -> None:
    """Write one."""
    between = BytesIO()
    fixed = instantiateVariableFont(TTFont(source), axes)
    fixed.flavor = None
    fixed.save(between)
    font = TTFont(between)
    options = Options()
    options.layout_features, options.hinting, options.desubroutinize = FEATURES, False, True
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    if letters:
        subsetter.populate(text=letters)
    else:
        subsetter.populate(unicodes=[code for code in font.getBestCmap() if written(code)])
    subsetter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16, 25):
            font["name"].setName(
                family if record.nameID in (1, 4, 16) else family.replace(" ", ""),
                record.nameID, record.platformID, record.platEncID, record.langID,
            )  # fmt: skip
    font.flavor = "woff2"
    font.save(WEB / f"{name}.woff2")
    print(f"{name}.woff2: {(WEB / f'{name}.woff2').stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    for name, (family, source, axes, letters) in MADE.items():
        make(name, family, source, axes, letters)
