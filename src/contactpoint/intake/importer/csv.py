"""Tables: CSV in whatever encoding and with whatever separator, and Excel's xlsx."""

import csv
import datetime
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl

from contactpoint.intake.crawl import LARGEST_PAGE, MOST_PACKED_TIMES, crawl_of
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.decoding import Decoding, digest_of, look
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.records import Maker, field_of, filled
from contactpoint.intake.raw import RawItem

_SEPARATORS: Final = ",;\t|"
_LONGEST_LINE: Final = 1024**2
_MOST_COLUMNS: Final = 200
_MOST_UNPACKED: Final = 256 * 1024**2
_SMALL: Final = 16 * LARGEST_PAGE // 5
_ZIP: Final = b"PK\x03\x04"


class Table(Importer):
    """Reads the first row as names of columns, each other one as an item."""

    name = "csv"
    _decoding: Decoding | None

    def _check(self) -> str:
        with self.path.open("rb") as file:
            opening = file.read(4)
        if opening == _ZIP:
            self._decoding = None
            _require_small(self.path)
            return digest_of(self.path)
        self._decoding = look(self.path, longest=_LONGEST_LINE)
        return self._decoding.digest

    def _items(self) -> Iterator[RawItem]:
        rows = self._rows()
        columns = self._columns(next(rows, (1, []))[1])
        maker = Maker(self.rules, crawl_of(self.path), self.path.name)
        found = False
        for line, row in rows:
            record = filled(
                (name, row[position]) for position, name in columns if name and position < len(row)
            )
            if not (record.title or record.body or record.teaser):
                continue
            if record.language and record.language.lower()[:2] != self.language[:2]:
                continue
            found = True
            item = maker.item(record)
            item.first_line = item.last_line = line
            if self._decoding and self._decoding.guessed and not item.original.isascii():
                item.notes.append(("encoding", {"encoding": self._decoding.encoding}))
            yield item
        if not found:
            raise SourceError(
                f"{self.path.name}: no row holds an item in “{self.language}”. Check the rows "
                "under the names of the columns."
            )

    def _columns(self, heading: Sequence[str]) -> list[tuple[int, str]]:
        """Positions with the field of each; those that the mapping names come first."""
        own = {
            name.strip().casefold(): field
            for field, names in self.rules.fields.items()
            for name in names
        }
        columns = [
            (position, own.get(name.strip().casefold()) or field_of(name))
            for position, name in enumerate(heading)
        ]
        if not {"title", "body"} & {name for _position, name in columns}:
            raise SourceError(
                f"{self.path.name}, line 1: no column is called title or text. Name the columns in "
                "the first row, or say with --mapping which is which."
            )
        return columns

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        return self._from_text(self._decoding) if self._decoding else self._from_sheet()

    def _from_text(self, decoding: Decoding) -> Iterator[tuple[int, list[str]]]:
        with self.path.open(encoding=decoding.encoding, newline="") as file:
            heading = file.readline()
            separator = max(_SEPARATORS, key=heading.count)
            file.seek(0)
            reader = csv.reader(file, delimiter=separator, strict=True)
            try:
                for row in reader:
                    yield reader.line_num, row[:_MOST_COLUMNS]
            except (csv.Error, UnicodeError) as error:
                raise SourceError(
                    f"{self.path.name}, line {reader.line_num}: this is no CSV ({error}). Save the "
                    "table again as CSV (UTF-8)."
                ) from error

    def _from_sheet(self) -> Iterator[tuple[int, list[str]]]:
        try:
            book = openpyxl.load_workbook(
                self.path, read_only=True, data_only=True, keep_links=False
            )
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a file may say that it has a million rows
            rows: Iterable[Any] = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
            for line, row in enumerate(rows, start=1):
                if line == 1 or any(row):
                    yield line, [_shown(value) for value in row]
        except SourceError:
            raise
        except Exception as error:  # whatever a damaged or hostile workbook makes a library raise
            raise SourceError(
                f"{self.path.name}: this is no Excel table (.xlsx), or it is damaged. Save it "
                "again."
            ) from error


def _require_small(path: Path) -> None:
    """A part can't unpack to more than it says, so the sum of what they say is enough to know."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"{path.name} is damaged. Save it again.") from error
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if size > _MOST_UNPACKED or (size > _SMALL and size > MOST_PACKED_TIMES * packed):
        raise SourceError(f"{path.name} unpacks to far more than a table is. Nothing was read.")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
