"""A hostile file costs little, fetches nothing, opens nothing, and is refused with a sentence."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import VocabularyError
from contactpoint.vocabulary.formats import FORMATS, guarding, read

SKOS = "http://www.w3.org/2004/02/skos/core#"
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


def test_the_guarded_process_opens_no_file_and_no_connection(tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "from contactpoint.vocabulary.formats import child\n"
        "child._shut_the_door(5, 2**31)\n"
        "for act in (lambda: open('/etc/hostname'), lambda: open('x', 'w'),\n"
        "            lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "            lambda: __import__('subprocess').run(['true'])):\n"
        "    try:\n"
        "        act()\n"
        "    except PermissionError:\n"
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
