"""A hostile file costs little, fetches nothing, opens nothing, and is refused with a sentence."""

import json
import os
import subprocess
import sys
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from contactpoint.vocabulary import VocabularyError
from contactpoint.vocabulary.formats import FORMATS, LARGEST_FILE, guarding, read

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="urn:s">'
BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.fixture
def asked() -> list[str]:
    """What anybody asked of a server on this machine, at the address in `asked[0]`."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"@context": {}}')

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    paths.append(f"http://127.0.0.1:{server.server_port}")
    yield paths
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!DOCTYPE r SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE r>",
    ],
)
def test_a_document_type_is_refused_before_it_is_read(doctype: str) -> None:
    text = f'<?xml version="1.0"?>{doctype}{HEAD}<s:Concept>&i;</s:Concept></rdf:RDF>'
    with pytest.raises(VocabularyError, match="document type or entities"):
        read(text.encode(), format="rdfxml")


@pytest.mark.parametrize(
    "context",
    [
        "{url}",
        [{"a": "urn:a"}, "{url}"],
        [[["{url}"]]],
        {"a": {"@id": "urn:a", "@context": "{url}"}},
        {"@version": 1.1, "@import": "{url}"},
        "file:///etc/passwd",
        5,
    ],
)
def test_a_context_elsewhere_is_refused_and_nothing_is_fetched(
    asked: list[str], context: object
) -> None:
    filled = json.loads(json.dumps(context).replace("{url}", f"{asked[0]}/context"))
    for document in ({"@context": filled}, {"x": [{"y": {"@context": filled}}]}):
        with pytest.raises(VocabularyError, match="nothing is fetched"):
            read(json.dumps(document).encode(), format="jsonld")
    assert len(asked) == 1


def test_no_format_follows_an_address_in_a_file(asked: list[str]) -> None:
    url = asked[0]
    turtle = (
        f"@prefix s: <{SKOS}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        f"<{url}/s> a s:ConceptScheme ; owl:imports <{url}/more> .\n"
        f"<{url}/a> a s:Concept ; s:prefLabel 'a'@en ; s:exactMatch <{url}/b> ."
    )
    scheme = read(turtle.encode())
    for one in FORMATS.values():
        one.read(one.write(scheme), "x", "s")
    assert len(asked) == 1


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": b"0" * 70 * 2**20},
        {"xl/sharedStrings.xml": b" " * 5 * 2**20},
        {f"xl/{number}": b"" for number in range(1_100)},
    ],
)
def test_a_workbook_that_unpacks_to_too_much_is_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(VocabularyError, match="unpacks to"):
        read(zipped(parts))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    for data in (zipped({"a.txt": b"x"}), b"PK\x03\x04 nothing"):
        with pytest.raises(VocabularyError, match="workbook"):
            read(data)


def test_deep_nesting_is_refused_in_a_sentence() -> None:
    deep = {"jsonld": b'{"a":' * 50_000, "turtle": b"<urn:a> <urn:b> " + b"[ <urn:b> " * 20_000}
    for name, data in deep.items():
        with pytest.raises(VocabularyError):
            read(data, format=name, guarded=True)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_guarded_file_is_read_as_any_other(tmp_path: Path, format_name: str) -> None:
    glossary = Path(__file__).parents[3] / "src/contactpoint/network/data/places.ttl"
    scheme = read(glossary)
    path = tmp_path / f"places{FORMATS[format_name].suffixes[0]}"
    path.write_bytes(FORMATS[format_name].write(scheme))
    assert read(path, scheme_id=scheme.id, guarded=True) == read(path, scheme_id=scheme.id)


def test_an_error_of_the_guarded_process_is_the_same_sentence() -> None:
    broken = b"@prefix s: <urn:s> .\n<a> ^ .\n"
    with pytest.raises(VocabularyError) as guarded:
        read(broken, guarded=True)
    with pytest.raises(VocabularyError) as here:
        read(broken)
    assert str(guarded.value) == str(here.value)


@pytest.mark.parametrize(("limit", "value"), [("MOST_MEMORY", 64 * 2**20), ("MOST_SECONDS", 0)])
def test_a_file_that_takes_too_much_is_given_up(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(guarding, limit, value)
    line = "<urn:{0}> <urn:says> [ <urn:says> [ <urn:says> 'x{0}'@en ] ] .\n"
    data = "".join(line.format(number) for number in range(40_000)).encode()
    with pytest.raises(VocabularyError, match="was given up"):
        read(data, format="turtle", scheme_id="x", guarded=True)


@pytest.mark.parametrize("way", ["shut", "seal"])
def test_a_process_with_its_door_shut_opens_no_file_and_no_connection(
    tmp_path: Path, way: str
) -> None:
    code = (
        "import socket, subprocess\n"
        "from contactpoint.vocabulary import door\n"
        f"door.{way}(5, 2**31)\n"
        "for act in (lambda: open('/etc/hostname'), lambda: open('x', 'w'),\n"
        "            lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "            lambda: subprocess.run(['true'])):\n"
        "    try:\n"
        "        act()\n"
        "    except OSError:\n"
        "        print('refused')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert run.stdout.split() == ["refused"] * 4, run.stderr


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_arbitrary_bytes_never_end_in_anything_but_a_sentence(
    format_name: str, content: bytes | str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    for prefix in (
        b"",
        b"Term,Definition\n",
        b"PK\x03\x04",
        b'{"@graph": [',
        b"<?xml version='1.0'?>",
    ):
        with pytest.raises(VocabularyError):
            read(prefix + data + b"\xff", format=format_name)


def with_label(format: str, text: str) -> bytes:
    """A scheme of one concept, on whose third line (or row) a label holds `text` as it stands."""
    if format == "xlsx":
        book = Workbook()
        for row in (["Term", "ID"], ["reception", "reception"], ["asylum", "asylum"]):
            book.active.append(row)
        stream = BytesIO()
        book.save(stream)
        parts = ZipFile(stream)
        found = {one: parts.read(one) for one in parts.namelist()}
        return zipped(
            {name: data.replace(b">asylum<", f">{text}<".encode()) for name, data in found.items()}
        )
    texts = {
        "turtle": f"<urn:x/s> a <{SKOS}ConceptScheme> .\n\n"
        f'<urn:x/asylum> a <{SKOS}Concept> ; <{SKOS}prefLabel> "{text}"@en .',
        "ntriples": f"<urn:x/s> <{RDF}type> <{SKOS}ConceptScheme> .\n\n"
        f"<urn:x/asylum> <{RDF}type> <{SKOS}Concept> .\n"
        f'<urn:x/asylum> <{SKOS}prefLabel> "{text}"@en .',
        "jsonld": f'[{{"@id": "urn:x/s", "@type": "{SKOS}ConceptScheme"}},\n\n'
        f'{{"@id": "urn:x/asylum", "@type": "{SKOS}Concept",'
        f'"{SKOS}prefLabel": {{"@value": "{text}", "@language": "en"}}}}]',
        "rdfxml": f'{HEAD}<s:x/>\n\n<s:asylum rdf:about="urn:x">{text}</s:asylum></rdf:RDF>',
        "csv": f"Term,ID\nreception,reception\n{text},asylum\n",
    }
    return texts[format].encode()


@pytest.mark.parametrize(
    ("format", "text", "sentence"),
    [
        ("csv", "asy\x00lum", "line 3, column Term: concept 'asylum': .*U\\+0000. Remove it"),
        ("csv", "asy\x0blum", "line 3, column Term: concept 'asylum': .*U\\+000B. Remove it"),
        ("csv", "asy\x1flum", "line 3, column Term: concept 'asylum': .*U\\+001F. Remove it"),
        ("turtle", "asy\x0blum", "line 3: concept 'asylum': .*U\\+000B. Remove it"),
        ("turtle", "asy\\u0000lum", "line 3: concept 'asylum': .*U\\+0000. Remove it"),
        ("ntriples", "asy\\u0000lum", "line 3: concept 'asylum': .*U\\+0000. Remove it"),
        ("ntriples", "asy\x0blum", "line 3: concept 'asylum': .*U\\+000B. Remove it"),
        ("jsonld", "asy\\u0000lum", "line 3: concept 'asylum': .*U\\+0000. Remove it"),
        ("jsonld", "asy\\ud800lum", "line 3: concept 'asylum': .*U\\+D800. Remove it"),
        ("rdfxml", "asy\x0blum", "line 3: .*invalid token"),
        ("rdfxml", "asy&#11;lum", "line 3: .*invalid character"),
        ("xlsx", "asy\x0blum", "can't be read as a workbook"),
        ("xlsx", "asy\ufffelum", "can't be read as a workbook"),
    ],
)
@pytest.mark.parametrize("guarded", [False, True])
def test_a_control_character_is_refused_with_its_place(
    format: str, text: str, sentence: str, guarded: bool
) -> None:
    with pytest.raises(VocabularyError, match=sentence) as caught:
        read(with_label(format, text), format=format, guarded=guarded)
    assert str(caught.value).isprintable()


def test_a_control_character_that_a_table_quotes_is_refused() -> None:
    row = 'Term,ID,Other statements\na,a,"<urn:p> ""x\\u0000y"" ."\n'
    with pytest.raises(VocabularyError, match=r"line 2, column Other statements: .*U\+0000"):
        read(row.encode(), format="csv")


def test_tabs_and_line_ends_are_no_control_characters_to_mind() -> None:
    table = 'Term,Definition\nasylum,"EN: One\ttab\r\nFR: deux"\n'
    scheme = read(table.encode(), format="csv", scheme_id="s")
    assert len(scheme.concepts["asylum"].definitions) == 2


def test_an_entity_in_a_workbook_is_refused_in_one_sentence() -> None:
    parts = {
        "[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    }
    with pytest.raises(VocabularyError) as caught:
        read(zipped(parts), format="xlsx", guarded=True)
    assert str(caught.value) == (
        "the data can't be read as a workbook: its XML is broken, or has entities, which can hide "
        "an attack. Save it again as .xlsx."
    )


@pytest.mark.parametrize("kind", ["device", "pipe", "folder"])
def test_what_is_no_regular_file_is_refused_without_waiting(kind: str, tmp_path: Path) -> None:
    path = {"device": Path("/dev/zero"), "pipe": tmp_path / "pipe", "folder": tmp_path}[kind]
    if kind == "pipe":
        os.mkfifo(path)
    for guarded in (False, True):
        with pytest.raises(VocabularyError, match=r"no regular file\. Give a file"):
            read(path, guarded=guarded)


def test_a_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.ttl"
    with path.open("wb") as file:
        file.truncate(3 * LARGEST_FILE)
    tracemalloc.start()
    with pytest.raises(VocabularyError, match=r"large.ttl is 192 MB; .* 64 MB at most"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 1.5 * LARGEST_FILE
    tracemalloc.stop()
