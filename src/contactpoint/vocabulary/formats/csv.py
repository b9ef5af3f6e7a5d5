"""CSV in the EMN's order of fields: https://www.rfc-editor.org/rfc/rfc4180."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from contactpoint.vocabulary.formats import tables
from contactpoint.vocabulary.formats.formats import Format, decode
from contactpoint.vocabulary.model import Scheme, VocabularyError

_DELIMITERS: Final = (",", ";", "\t")
_LARGEST_CELL: Final = 4 * 1024 * 1024


class Csv(Format):
    """A table as text; written with commas and a byte order mark, so that Excel reads it."""

    name = "csv"
    title = "CSV"
    suffixes = (".csv", ".tsv")
    media_type = "text/csv"

    def looks_like(self, head: str) -> bool:
        """The first line names columns of ours."""
        line = head.lstrip().split("\n", 1)[0].casefold()
        return "translations" in line or ("definition" in line and "term" in line)

    def _read(self, data: bytes, name: str, scheme_id: str | None) -> Scheme:
        text = decode(data, name)
        first = text.lstrip().split("\n", 1)[0]
        delimiter = max(_DELIMITERS, key=first.count)
        return tables.scheme_of(_numbered(text, delimiter, name), name, scheme_id, "line")

    def _write(self, scheme: Scheme) -> bytes:
        stream = StringIO(newline="")
        csv.writer(stream).writerows(tables.rows(scheme))
        return stream.getvalue().encode("utf-8-sig")


def _numbered(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each begins on."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise VocabularyError(
                f"{name}, line {begins}: {error}. A quotation mark that is never closed is the "
                "usual cause."
            ) from error
        yield begins, row
        begins = reader.line_num + 1
