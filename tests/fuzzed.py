"""Everything of ours that reads bytes or words from outside, each with the errors that it declares,
and a way to spoil what it reads as a hostile or broken sender would."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import made_files as made
from hypothesis import strategies as st
from PIL import Image

from contactpoint.config.clamav import clamav
from contactpoint.consultations.questions import InstrumentError
from contactpoint.consultations.questions.xlsform import reading
from contactpoint.figures import formats as figures
from contactpoint.figures.errors import FiguresError
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import importer_for
from contactpoint.intake.markup import blocks, plain, rich, safe_link
from contactpoint.kit.fetching import FetchError, is_public, require_address
from contactpoint.media.formats import captions, format_of
from contactpoint.media.formats.formats import EnoughError, Gathered, UnreadableError
from contactpoint.media.formats.recorded import kind_of
from contactpoint.media.formats.redrawn import NoPictureError, redrawn
from contactpoint.media.formats.uploaded import refusal
from contactpoint.search.asking.syntax import read as question
from contactpoint.vocabulary import formats as vocabulary
from contactpoint.vocabulary.model import VocabularyError

CORPUS: Final = Path(__file__).parent / "fuzzing" / "corpus"
DATA: Final = Path(__file__).parent / "data"
TOKENS: Final = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\t", b'"', b"'", b"<", b">", b"&", b"]]>"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"{", b"}", b"[", b"]", b"\\ud800"),
    *(b"-1", b"1e999", b"NaN", b"99999999999999999999", b"9999-99-99", b"=cmd()", b"\xf0\x9f"),
    *("\u202e".encode(), "ﷺ".encode(), b"PK\x03\x04", b"%PDF-", b" OR ", b"-", b"*", b"../"),
)


@dataclass(frozen=True)
class Parser:
    """`seeds` are inputs that it takes; `declared` the only errors that it may end in."""

    read: Callable[[bytes], object]
    declared: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]
    seconds: float = 1.0


def _imported(suffix: str, format: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"source{suffix}"
            path.write_bytes(data)
            importer = importer_for(path, format=format)
            importer.check()
            return list(importer.items())

    return read


def _document(suffix: str) -> Callable[[bytes], object]:
    """Reading takes place in a process that may fail as it likes; what stands before it may not."""

    def read(data: bytes) -> object:
        refusal(BytesIO(data), suffix)
        return format_of(data, suffix)

    return read


def _text_of(data: bytes) -> object:
    gathered = Gathered()
    format_of(data, "txt").read(data, gathered)
    return gathered.as_plain()


def _markup(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    return plain(text), rich(text), blocks(text), safe_link(text)


def _address(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    is_public(text)
    return require_address(text)


def _picture() -> bytes:
    made_now = BytesIO()
    Image.new("RGB", (6, 4)).save(made_now, "JPEG")
    return made_now.getvalue()


def _shipped(*names: str) -> tuple[bytes, ...]:
    return tuple((DATA / name).read_bytes()[:6_000] for name in names)


SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
LISTING: Final = (
    b"EMN Annual report 2018\nPublication date: 12 March 2019\nKeywords: asylum, return\n\n"
    b"Study on family reunification\n01/02/2017\n"
)
CUBE: Final = json.dumps(
    {
        "version": "2.0", "class": "dataset", "id": ["geo", "time"], "size": [1, 2],
        "dimension": {
            "geo": {"category": {"index": ["BE"]}},
            "time": {"category": {"index": ["2018", "2019"]}},
        },
        "value": [1, 2],
    }
).encode()  # fmt: skip
WORKBOOK: Final = made.xlsx(
    {"survey": [["type", "name", "label"], ["text", "who", "Who?"]], "choices": [["list_name"]]}
)

PARSERS: Final[dict[str, Parser]] = {
    "listing": Parser(_imported(".txt", "text"), (SourceError,), (LISTING,)),
    "html": Parser(_imported(".html", "html"), (SourceError,), _shipped("collecting/odd.html")),
    "feed": Parser(
        _imported(".xml", "feed"),
        (SourceError,),
        _shipped("collecting/atom.xml", "collecting/rss.xml", "collecting/feed.json"),
    ),
    "csv": Parser(
        _imported(".csv", "csv"), (SourceError,), (b"title;date\nA study;2019-01-02\n", b"a,b\n1,2")
    ),
    "xlsx": Parser(
        _imported(".xlsx", "csv"), (SourceError,), (made.xlsx({"One": [["title"], ["A"]]}),)
    ),
    "json": Parser(_imported(".json", "json"), (SourceError,), _shipped("collecting/jsonapi.json")),
    "turtle": Parser(
        lambda data: vocabulary.read(data, format="turtle"),
        (VocabularyError,),
        (
            f"<urn:s> a <{SKOS}ConceptScheme> .\n"
            f'<urn:a> a <{SKOS}Concept> ; <{SKOS}prefLabel> "asylum"@en .'.encode(),
        ),
    ),
    "jsonld": Parser(
        lambda data: vocabulary.read(data, format="jsonld"),
        (VocabularyError,),
        (
            f'[{{"@id": "urn:s", "@type": "{SKOS}ConceptScheme"}}, {{"@id": "urn:a", '
            f'"@type": "{SKOS}Concept", "{SKOS}prefLabel": {{"@value": "asylum", '
            f'"@language": "en"}}}}]'.encode(),
        ),
    ),
    "rdfxml": Parser(
        lambda data: vocabulary.read(data, format="rdfxml"),
        (VocabularyError,),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            b'xmlns:s="http://www.w3.org/2004/02/skos/core#"><s:ConceptScheme rdf:about="urn:s"/>'
            b'<s:Concept rdf:about="urn:a"><s:prefLabel xml:lang="en">asylum</s:prefLabel>'
            b"</s:Concept></rdf:RDF>",
        ),
    ),
    "glossary-table": Parser(
        lambda data: vocabulary.read(data, format="csv"),
        (VocabularyError,),
        (b"Term,ID,Definition\nasylum,asylum,A form of protection\n",),
    ),
    "glossary-workbook": Parser(
        lambda data: vocabulary.read(data, format="xlsx"),
        (VocabularyError,),
        (made.xlsx({"One": [["Term", "ID"], ["asylum", "asylum"]]}),),
    ),
    "json-stat": Parser(
        lambda data: figures.read(data, format="json-stat"), (FiguresError,), (CUBE,)
    ),
    "tsv": Parser(
        lambda data: figures.read(data, format="tsv"),
        (FiguresError,),
        (b"freq,geo\\TIME_PERIOD\t2018 \t2019 \nA,BE\t1 \t2 p\n",),
    ),
    "sdmx-csv": Parser(
        lambda data: figures.read(data, format="sdmx-csv"),
        (FiguresError,),
        (b"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:X(1.0),BE,2019,2,p\n",),
    ),
    "xlsform": Parser(lambda data: reading("form.xlsx", data), (InstrumentError,), (WORKBOOK,), 3),
    "xlsform-csv": Parser(
        lambda data: reading("form.csv", data),
        (InstrumentError,),
        (b"survey,type,name,label\n,text,who,Who?\n,integer,age,How old?\n",),
        3,
    ),
    "question": Parser(
        lambda data: question(data.decode("utf-8", "replace"), "en"),
        (),
        (b'asylum -dublin "safe country" visa OR huisv*', "« pays sûrs » −الأسرة".encode()),
    ),
    "markup": Parser(_markup, (), (b"<p onclick='x'>A <a href='javascript:x'>b</a></p><ul><li>",)),
    "captions": Parser(
        lambda data: captions.written(captions.parse(data)),
        (captions.CaptionsError,),
        (b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v Jane>Hello\n",),
    ),
    "picture": Parser(lambda data: redrawn(data, "jpg"), (NoPictureError,), (_picture(),)),
    "pdf": Parser(_document("pdf"), (UnreadableError,), (made.pdf(["Asylum"]),)),
    "docx": Parser(_document("docx"), (UnreadableError,), (made.docx("Asylum"),)),
    "text": Parser(_text_of, (UnreadableError, EnoughError), ("L’été.".encode("cp1252"),)),
    "recording": Parser(kind_of, (), (b"\0\0\0\x20ftypisom", b"\x1aE\xdf\xa3\x42\x82\x84webm")),
    "address": Parser(
        _address, (FetchError,), (b"http://[::ffff:127.0.0.1]:80/a?b#c", b"https://2130706433/")
    ),
    "scanner": Parser(
        lambda data: clamav(data.decode("utf-8", "replace")),
        (ValueError,),
        (b"unix:/run/clamd.ctl", b"tcp://[::1]:3310"),
    ),
}


def cases(name: str) -> Iterator[bytes]:
    """What was found before, and must not come back; and the seeds."""
    yield from PARSERS[name].seeds
    for path in sorted((CORPUS / name).glob("*")):
        yield path.read_bytes()


@st.composite
def spoiled(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed in which bytes were changed, cut out, repeated or put in; or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    data = bytearray(draw(st.sampled_from(seeds)))
    for _edit in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data))))
        how = draw(st.sampled_from(["put", "cut", "flip", "repeat", "any"]))
        if how == "put":
            data[at:at] = draw(st.sampled_from(TOKENS))
        elif how == "cut":
            del data[at : at + draw(st.integers(1, 40))]
        elif how == "flip" and at < len(data):
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif how == "repeat":
            data[at:at] = data[at : at + 20] * draw(st.integers(1, 50))
        else:
            data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)
