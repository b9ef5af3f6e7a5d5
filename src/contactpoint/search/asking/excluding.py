"""What a question excludes, to be said to the reader with the questions that exclude less."""

from collections.abc import Mapping, Sequence

from contactpoint.search.asking.results import LeftOut
from contactpoint.search.asking.syntax import Item, Written

_MARKS = '"“”„«» '


def left_out(written: Written, labels: Mapping[Item, Sequence[str]]) -> list[LeftOut]:
    """Each piece as it is written; `labels` are names of what an excluded word means."""
    text = written.text
    found: list[LeftOut] = []
    for start, end in dict.fromkeys(written.pieces):
        items = [
            item
            for item, piece in zip(written.excluded, written.pieces, strict=True)
            if piece == (start, end)
        ]
        said = text[items[0].start : items[-1].end].strip(_MARKS)
        named = list(dict.fromkeys(label for item in items for label in labels.get(item, ())))
        less = [f"{text[:start]}{instead}{text[end:]}" for instead in ("", f'-"{said}"')]
        without, literally = (" ".join(one.split()) for one in less)
        found.append(LeftOut(said, named, without, literally if named else ""))
    return found
