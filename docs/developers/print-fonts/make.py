"""Makes the fonts for print from those of the web: still ones as TrueType, one file for each style.

    pip install fonttools brotli
    python docs/developers/print-fonts/make.py

The web's files are variable, parted by script and packed as WOFF2, which only a browser unpacks.
Here each style is fixed, its scripts are joined, and the result is named as ours, since the licence
reserves the name of what was changed. Run it again when the web's files change.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

KIT = Path(__file__).parents[3] / "src" / "contactpoint" / "kit"
WEB = KIT / "static" / "kit" / "fonts"
PRINT = KIT / "composing" / "fonts"
CUT = KIT.parents[2] / "docs" / "developers" / "web-fonts"  # whole files of what the web has cut
SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic")
ITALICS = ("latin-italic", "latin-ext-italic")
STYLES = {
    # file: (family, weight, whether italic, optical size, files of the web)
    "serif-regular": ("Portal Serif", 400, False, 10, [f"source-serif-4-{s}" for s in SCRIPTS]),
    "serif-semibold": ("Portal Serif", 600, False, 10, [f"source-serif-4-{s}" for s in SCRIPTS]),
    "serif-italic": ("Portal Serif", 400, True, 0, [f"source-serif-4-{s}" for s in ITALICS]),
    "display": ("Portal Display", 600, False, 40, [f"source-serif-4-{s}" for s in SCRIPTS]),
    "sans-regular": ("Portal Sans", 400, False, 0, [f"source-sans-3-{s}" for s in SCRIPTS]),
    "sans-semibold": ("Portal Sans", 600, False, 0, [f"source-sans-3-{s}" for s in SCRIPTS]),
    "arabic-regular": ("Portal Arabic", 400, False, 0, ["noto-naskh-arabic"]),
    "arabic-semibold": ("Portal Arabic", 600, False, 0, ["noto-naskh-arabic"]),
    "ethiopic-regular": ("Portal Ethiopic", 400, False, 0, ["noto-sans-ethiopic"]),
    "ethiopic-semibold": ("Portal Ethiopic", 600, False, 0, ["noto-sans-ethiopic"]),
    "georgian-regular": ("Portal Georgian", 400, False, 0, ["noto-sans-georgian"]),
    "georgian-semibold": ("Portal Georgian", 600, False, 0, ["noto-sans-georgian"]),
    "armenian-regular": ("Portal Armenian", 400, False, 0, ["noto-sans-armenian"]),
    "armenian-semibold": ("Portal Armenian", 600, False, 0, ["noto-sans-armenian"]),
}


def still(source: Path, weight: int, optical: float) -> TTFont:
    """One style of a variable font."""
    font = TTFont(source)
    wanted = {"wght": weight, "opsz": optical}
    axes = {axis.axisTag: wanted[axis.axisTag] for axis in font["fvar"].axes}
    return instantiateVariableFont(font, axes, inplace=True)


def _whole(source: str) -> Path:
    """The file with all weights and sizes: the web's own is cut for some."""
    cut = CUT / f"{source}.woff2"
    return cut if cut.exists() else WEB / f"{source}.woff2"


def joined(fonts: list[TTFont]) -> TTFont:
    """The scripts of one style in one font."""
    if len(fonts) == 1:
        return fonts[0]
    with TemporaryDirectory() as folder:
        names = []
        for number, font in enumerate(fonts):
            names.append(f"{folder}/{number}.ttf")
            font.flavor = None
            font.save(names[-1])
        return Merger().merge(names)


def named(font: TTFont, family: str, weight: int, *, italic: bool) -> None:
    """Names, weight and slant by which a typesetter chooses; licence and copyright stay."""
    style = {400: "Regular", 600: "Semibold"}[weight] if not italic else "Italic"
    names = font["name"]
    kept = {0, 7, 8, 9, 11, 13, 14}
    names.names = [record for record in names.names if record.nameID in kept]
    new = {
        1: family if style in ("Regular", "Italic") else f"{family} {style}",
        2: style if style in ("Regular", "Italic") else "Regular",
        3: f"Contactpoint: {family} {style}",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
        16: family,
        17: style,
    }
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    italic_bit, regular_bit = 1, 1 << 6
    font["OS/2"].fsSelection = italic_bit if italic else regular_bit
    font["head"].macStyle = 2 if italic else 0


def ranges(letters: set[int]) -> str:
    """The letters that can be printed, as a line for each stretch of them."""
    lines: list[list[int]] = []
    for letter in sorted(letters):
        if lines and lines[-1][1] == letter - 1:
            lines[-1][1] = letter
        else:
            lines.append([letter, letter])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in lines)


def main() -> None:
    """All styles, the licences beside them, and which letters they have."""
    PRINT.mkdir(exist_ok=True)
    letters: set[int] = set()
    for name, (family, weight, italic, optical, sources) in STYLES.items():
        font = joined([still(_whole(source), weight, optical) for source in sources])
        named(font, family, weight, italic=italic)
        for table in ("STAT", "HVAR", "MVAR", "avar", "gasp", "prep", "DSIG"):
            if table in font:
                del font[table]
        font.flavor = None
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(PRINT / f"{name}.ttf")
        if name.endswith("-regular"):
            letters |= {at for at, glyph in font.getBestCmap().items() if glyph != ".notdef"}
    (PRINT / "letters.txt").write_text(ranges(letters), encoding="ascii")
    for licence in sorted(WEB.glob("*.OFL.txt")):
        (PRINT / licence.name).write_bytes(licence.read_bytes())


if __name__ == "__main__":
    main()
