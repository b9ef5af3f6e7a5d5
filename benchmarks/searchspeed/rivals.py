"""The same documents in other engines, each asked as its manual teaches.

All of the words must stand in a document. The words as typed: nobody else expands concepts, so the
others do less. Each gives the number of answers, the first twenty with a highlight, best first, and
counts of five facets.
"""

import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from contactpoint.search.documents import Document
from searchspeed.documents import FACETS
from searchspeed.postgres import Server

LIMIT = 20


def facets_of(document: Document) -> dict[str, list[str]]:
    """Values by facet."""
    return {
        "kind": [document.kind],
        "theme": list(document.themes),
        "country": list(document.countries),
        "year": [str(document.day.year)] if document.day else [],
        "institution": list(document.institutions),
    }


class Rival(ABC):
    """An engine with the documents in it."""

    name: str

    @abstractmethod
    def index(self, documents: Iterable[Document]) -> None:
        """Take all documents in, and be ready to answer."""

    @abstractmethod
    def ask(self, text: str) -> int:
        """Answer in full; the number of answers is given back so that one can compare."""

    @abstractmethod
    def size(self) -> int:
        """Bytes on disk."""

    def cpu(self) -> float:
        """CPU seconds that it has used so far, with its server if it has one."""
        return time.process_time()

    @abstractmethod
    def close(self) -> None:
        """Stop what was started."""


class BareTantivy(Rival):
    """The library that we build on, with two text fields and its default analysis."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=True)
        builder.add_text_field("text", stored=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        self.folder = folder / "tantivy"
        self.folder.mkdir()
        self.tantivy = tantivy.Index(self.schema, str(self.folder))
        self.counts: dict[str, Any] = {
            name: {"terms": {"field": name, "size": 1000}} for name in FACETS
        }

    def index(self, documents: Iterable[Document]) -> None:
        writer = self.tantivy.writer(64_000_000, 1)
        for document in documents:
            made = tantivy.Document()
            version = document.versions[0]
            made.add_text("title", version.title)
            made.add_text("text", f"{version.teaser} {version.text}")
            for name, values in facets_of(document).items():
                for value in values:
                    made.add_text(name, value)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()
        self.tantivy.reload()
        self.searcher = self.tantivy.searcher()

    def ask(self, text: str) -> int:
        words = "".join(one if one.isalnum() else " " for one in text)
        query = self.tantivy.parse_query(words, ["title", "text"], conjunction_by_default=True)
        found = self.searcher.search(query, LIMIT)
        self.searcher.aggregate(query, self.counts)
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        for _score, place in found.hits:
            document = self.searcher.doc(place)
            document.get_first("title")
            snippets.snippet_from_doc(document).to_html()
        total: Any = found
        return int(total.count)

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def close(self) -> None:
        pass


class Fts5(Rival):
    """SQLite's full text index; what answers is kept for the counts, so it is searched once."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite3"
        self.database = sqlite3.connect(self.path)
        self.database.executescript(
            """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;
            PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;
            CREATE VIRTUAL TABLE texts USING fts5(title, text);
            CREATE TABLE facets (document INTEGER, name TEXT, value TEXT,
                PRIMARY KEY (name, document, value)) WITHOUT ROWID;
            CREATE TEMP TABLE found (document INTEGER PRIMARY KEY);
            """
        )

    def index(self, documents: Iterable[Document]) -> None:
        with self.database:
            for number, document in enumerate(documents, 1):
                version = document.versions[0]
                self.database.execute(
                    "INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)",
                    (number, version.title, f"{version.teaser} {version.text}"),
                )
                self.database.executemany(
                    "INSERT INTO facets VALUES (?, ?, ?)",
                    [
                        (number, name, value)
                        for name, values in facets_of(document).items()
                        for value in values
                    ],
                )
            self.database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self.database.execute("ANALYZE")

    def ask(self, text: str) -> int:
        words = " ".join(f'"{word}"' for word in text.replace('"', " ").split())
        execute = self.database.execute
        execute("DELETE FROM temp.found")
        execute("INSERT INTO temp.found SELECT rowid FROM texts WHERE texts MATCH ?", (words,))
        (total,) = execute("SELECT count(*) FROM temp.found").fetchone()
        for name in FACETS:
            execute(
                "SELECT value, count(*) FROM temp.found JOIN facets USING (document)"
                " WHERE name = ? GROUP BY value",
                (name,),
            ).fetchall()
        execute(
            "SELECT rowid, title, snippet(texts, 1, '<b>', '</b>', '…', 30) FROM texts"
            " WHERE texts MATCH ? ORDER BY rank LIMIT ?",
            (words, LIMIT),
        ).fetchall()
        return int(total)

    def size(self) -> int:
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.path.stat().st_size

    def close(self) -> None:
        self.database.close()


class Postgres(Rival):
    """PostgreSQL's full text index (GIN), in a server of our own; one statement an answer."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.server = Server()
        self.connection = self.server.connection
        self.connection.execute(
            """
            CREATE TABLE documents (id integer PRIMARY KEY, title text, text text, kind text[],
                theme text[], country text[], year text[], institution text[], words tsvector)
            """
        )

    def index(self, documents: Iterable[Document]) -> None:
        with self.connection.cursor().copy(
            "COPY documents (id, title, text, kind, theme, country, year, institution) FROM STDIN"
        ) as rows:
            for number, document in enumerate(documents):
                version = document.versions[0]
                text = f"{version.teaser} {version.text}"
                rows.write_row((number, version.title, text, *facets_of(document).values()))
        self.connection.execute(
            "UPDATE documents SET words = setweight(to_tsvector('simple', title), 'A')"
            " || to_tsvector('simple', text)"
        )
        self.connection.execute("CREATE INDEX ON documents USING gin (words)")
        self.connection.execute("VACUUM (ANALYZE, FULL) documents")

    def ask(self, text: str) -> int:
        counts = " UNION ALL ".join(
            f"SELECT '{name}', value, count(*) FROM found, unnest({name}) AS value GROUP BY value"
            for name in FACETS
        )
        rows = self.connection.execute(
            f"""
            WITH asked AS (SELECT plainto_tsquery('simple', %s) AS query),
            found AS MATERIALIZED (
                SELECT id, words, {", ".join(FACETS)} FROM documents, asked WHERE words @@ query),
            best AS (SELECT id, ts_rank(words, query) AS rank FROM found, asked
                     ORDER BY rank DESC, id LIMIT {LIMIT})
            SELECT 'total', '', count(*) FROM found UNION ALL {counts} UNION ALL
            SELECT 'hit', ts_headline('simple', text, query), id
            FROM best JOIN documents USING (id), asked
            """,
            (text,),
        ).fetchall()
        return int(rows[0][2])

    def size(self) -> int:
        row = self.connection.execute("SELECT pg_total_relation_size('documents')").fetchone()
        return int(row[0]) if row else 0

    def cpu(self) -> float:
        return time.process_time() + self.server.cpu()

    def close(self) -> None:
        self.server.stop()
