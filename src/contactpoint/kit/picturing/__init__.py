"""Pictures of figures as SVG, drawn on the server from templates of our own.

    points.py      what is drawn: points, series, and the words of a picture
    lines.py       line
    lengths.py     bars
    pairs.py       dumbbell
    whiskers.py    whiskers
    columns.py     columns
    stacks.py      stacked
    tilemap.py     tiles
    signedmap.py   signed_tiles
    sparklines.py  sparkline
    pages.py       a picture for a page: wide and narrow
    sheets.py      a picture as a file, with heading and source
    styles.py      its style sheet, and the policy to serve it with
    png.py         such a file as a PNG

A pure library: no web framework. All of them take `title`, `description` (what the picture shows,
in a sentence or two: it is all that a screen reader gets), `name` (unique in the page), `number`,
`direction`, `words` and `width`, and give an `<svg>` of classes whose rules are in `picture.css`.
See `docs/developers/pictures.md`.
"""

from contactpoint.kit.picturing.columns import columns
from contactpoint.kit.picturing.lengths import bars
from contactpoint.kit.picturing.lines import line
from contactpoint.kit.picturing.pages import for_page
from contactpoint.kit.picturing.pairs import dumbbell
from contactpoint.kit.picturing.points import NARROW, WIDE, Direction, Number, Point, Series, Words
from contactpoint.kit.picturing.sheets import POST, Frame, bare, post, sheet
from contactpoint.kit.picturing.signedmap import Tile, signed_tiles
from contactpoint.kit.picturing.sparklines import sparkline
from contactpoint.kit.picturing.stacks import stacked
from contactpoint.kit.picturing.tilemap import tiles
from contactpoint.kit.picturing.whiskers import whiskers

__all__ = [
    "NARROW",
    "POST",
    "WIDE",
    "Direction",
    "Frame",
    "Number",
    "Point",
    "Series",
    "Tile",
    "Words",
    "bare",
    "bars",
    "columns",
    "dumbbell",
    "for_page",
    "line",
    "post",
    "sheet",
    "signed_tiles",
    "sparkline",
    "stacked",
    "tiles",
    "whiskers",
]
