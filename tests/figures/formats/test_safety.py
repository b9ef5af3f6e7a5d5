"""What is broken, too large or hostile is refused whole, by a sentence that names the place."""

import gzip
import json
import os
import time
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import FORMATS, read, rows, write
from contactpoint.figures.limits import DEFAULT
from contactpoint.figures.model import Cube

HEAD = "freq,geo\\TIME_PERIOD\t2018 \t2019 \n"
SDMX = "DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
ONE = {
    "class": "dataset",
    "id": ["geo", "time"],
    "size": [1, 2],
    "dimension": {
        "geo": {"category": {"index": ["BE"]}},
        "time": {"category": {"index": {"2018": 0, "2019": 1}}},
    },
    "value": [1, 2],
}


def said(**parts: object) -> str:
    return json.dumps({**ONE, **parts})


def dimension(**category: object) -> dict[str, object]:
    return {"geo": {"category": category}, "time": ONE["dimension"]["time"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "A,BE\t1 \n", r"line 2: 1 cells for 2 periods\. The file may be broken off"),
        (HEAD + "A,BE\t1 \t \n", r"line 2, period 2019: the cell is empty\. Write : where"),
        (HEAD + "A,BE\t1 \t1,5 \n", r"line 2, period 2019: '1,5' is no number"),
        (HEAD + "A,BE\t1 \t1_5 \n", r"line 2, period 2019: '1_5' is no number"),
        (HEAD + "A,BE\t1 \tnan \n", r"line 2, period 2019: 'nan' is no number"),
        (HEAD + "A,BE\t1 \t1e999 \n", r"line 2, period 2019: '1e999' is too large"),
        (HEAD + "A,BE\t1 \t٣ \n", r"line 2, period 2019: '٣' is no number"),
        (HEAD + "A,BE\t1 \t5 x \n", r"line 2, period 2019: the flag 'x' is unknown"),
        (HEAD + "A,BE,X\t1 \t5 \n", r"line 2: 3 codes for 2 dimensions"),
        (HEAD + "A,\t1 \t5 \n", r"line 2, dimension geo: the code '' is empty"),
        (HEAD + "A,B\x07\t1 \t5 \n", r"line 2, dimension geo: .* holds a control character"),
        (HEAD + "A," + "B" * 201 + "\t1 \t5 \n", r"dimension geo: .* has 201 characters"),
        (HEAD + "A,BE\t1 \t5 \nA,BE\t1 \t5 \n", r"line 3, period 2018: .* in line 2, period 2018"),
        (HEAD.replace("2019", "2018") + "A,BE\t1 \t5 \n", r"line 1: 2018 stands twice"),
        ("geo,geo\\time\t2018 \nA,BE\t1 \n", r"the dimension 'geo' twice"),
        (HEAD, r"holds no figure"),
        (SDMX + "ESTAT:X(1.0),BE,2018,1,\n", r"line 2: 5 cells for 6 columns"),
        (SDMX + "ESTAT:X(1.0),BE,2018,1 000,,\n", r"line 2: column OBS_VALUE .*'1 000' is no num"),
        (SDMX + "ESTAT:X(1.0),BE,2018,1,q,\n", r"line 2: column .*the flag 'q' is unknown"),
        (SDMX + "ESTAT:X(1.0),BE,2018,1,,W\n", r"line 2: CONF_STATUS 'W' is unknown"),
        ("TIME_PERIOD,OBS_VALUE\n2018,1\n", r"line 1: no column names a dimension"),
        ("STRUCTURE,STRUCTURE_NAME,geo,TIME_PERIOD,OBS_VALUE\n", r"line 1: a column of codes has"),
        ('a,"TIME_PERIOD,OBS_VALUE\n', r"line 1: unexpected end of data"),
        ("geo,value,flags\nBE,1\n", r"line 2: 2 cells for 3 columns"),
        ("geo,value,flags\nBE,many,\n", r"line 2, column value: 'many' is no number"),
        ('geo,value,flags\n"BE,1,\n', r"line 2: unexpected end of data"),
        ("geo,value,flags\n\nBE,1,\nBE,2,\n", r"line 4: .* in line 3"),
        ("value,flags\n", r"none of the formats|no dimension"),
        (SDMX + 'ESTAT:X(1.0),"BE,2018,1,,\n', r"line 2: unexpected end of data"),
        (SDMX + "a,BE,2018,1,,\na,BE,2018,1,,\n", r"line 3: this cell was given .* in line 2"),
        (said()[:-9], r"line 1, column \d+: this is no JSON .* broken off"),
        ("{" * 50_000, r"no JSON|nested too deep"),
        ('{"a":' * 50_000, r"no JSON|nested too deep"),
        (said(value=[1, float("nan")]), r"NaN is no number that JSON knows"),
        (said(value=[1, float("inf")]), r"Infinity is no number"),
        (said().replace("[1, 2]}", "[1, 1e999]}"), r"value at position 1 is too large"),
        (said().replace("[1, 2]}", f"[1, {'9' * 400}]}}"), r"number that is too large"),
        (said().replace("[1, 2]}", f"[1, {'9' * 5000}]}}"), r"can't be read as JSON"),
        ('{"class": "dataset", "class": "x"}', r"'class' stands twice in an object"),
        (said(value={"0": 1}).replace('"0": 1', '"0": 1, "0": 2'), r"value has position 0 twice"),
        ("[1]", r"none of the formats"),
        (said(extension={"contactpoint": 5}, dimension=[]), r"dimension is missing"),
        (said(value=[1, "2"]), r"value at position 1 is '2', which is no number"),
        (said(value=[1, True]), r"value at position 1 is 'True', which is no number"),
        (said(value=[1]), r"value has 1 entries for 2 cells"),
        (said(value={"2": 1}), r"value has position 2; there are 2 cells, from 0"),
        (said(value={"-1": 1}), r"value has '-1' where a position should be"),
        (said(value={"1_0": 1}), r"value has '1_0' where a position should be"),
        (said(value={"": 1}), r"value has '' where a position should be"),
        (said(value={"9" * 30: 1}), r"position beyond all bounds"),
        (said(value={"1": 1, "01": 2}), r"value has position 1 twice"),
        (said(value="many"), r"value is neither a list nor an object"),
        (said(status={"1": "x"}), r"status at position 1: the flag 'x' is unknown"),
        (said(status={"1": 7}), r"status at position 1: '7' is no text"),
        (said(status=[["p"], "p"]), r"status at position 0: "),
        (said(size=[1, 3]), r"dimension time has 2 codes, but its size is said to be 3"),
        (said(size=[1]), r"size has no number for each of the 2 dimensions"),
        (said(size=[0, 2], dimension=dimension(index=[])), r"dimension geo has no code: the quest"),
        (said(dimension=dimension(index={"BE": 1})), r"dimension geo numbers its codes with gaps"),
        (said(size=[2, 2], dimension=dimension(index={"A": {}, "B": {}})), r"geo numbers its co"),
        (said(size=[2, 2], dimension=dimension(index={"A": True, "B": 0})), r"geo numbers its co"),
        (said(dimension=dimension(index={"BE": "0"})), r"dimension geo numbers its codes"),
        (said(size=[2, 2], dimension=dimension(index=["BE", "BE"])), r"geo has a code twice"),
        (said(dimension=dimension(index="BE")), r"dimension geo has an index that is neither"),
        (said(dimension=dimension(index=["BE"], label=[1])), r"dimension geo has labels that are"),
        (said(dimension=dimension(index=["B\x00"])), r"dimension geo: .*control character"),
        (said(dimension={"geo": {}}), r"dimension geo has no category"),
        (said(id=["geo", "geo"]), r"id names a dimension twice"),
        (said(id="geo"), r"id is no list"),
        (said(role={"time": ["when"]}), r"role names 'when', which is no dimension"),
        (said(role={"time": "time"}), r"role is no object of lists"),
        (said(label=["a"]), r"label has \"\['a'\]\" where a text should be"),
        (json.dumps({"class": "collection"}), r"no dataset \(its class is 'collection'\)"),
        (json.dumps({"error": [{"status": 413, "label": "ASYNC"}]}), r"no dataset \(.*413"),
        (json.dumps({**ONE, "extension": {"contactpoint": {"extracted": "soon"}}}), r"'soon' as a"),
        ("", r"in none of the formats"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence) as caught:
        read(text.encode())
    assert str(caught.value).startswith("the data")
    assert str(caught.value).isprintable()


def test_the_table_of_another_source_is_no_csv_of_ours() -> None:
    with pytest.raises(UnreadableError, match=r"line 1: the last two columns should be value and"):
        read(b"Year,Places\n2019,5\n", format="csv")
    with pytest.raises(UnreadableError, match=r"line 1: Eurostat's TSV begins with the names"):
        read(b"Year,Places\n2019,5\n", format="tsv")
    with pytest.raises(UnreadableError, match=r"line 1: SDMX-CSV has columns TIME_PERIOD and"):
        read(b"Year,Places\n2019,5\n", format="sdmx-csv")
    with pytest.raises(UnreadableError, match=r"is JSON but no object"):
        read(b"[1]", format="json-stat")
    with pytest.raises(UnreadableError, match=r"the data is empty"):
        read(b"  ", format="json-stat")


def many_times(count: int) -> str:
    codes = json.dumps([str(n) for n in range(count)])
    return (
        f'{{"class":"dataset","id":["time"],"size":[{count}],'
        f'"dimension":{{"time":{{"category":{{"index":{codes}}}}}}},"value":{{}}}}'
    )


def test_a_million_names_of_which_two_are_the_same_are_refused_at_once() -> None:
    periods = "\t".join(f"{n} " for n in range(60_000))
    begin = time.process_time()
    with pytest.raises(UnreadableError, match="59999 stands twice"):
        read(f"geo\\time\t{periods}\t59999 \n".encode())
    values = ",".join(f'"{n}":1' for n in range(60_000))
    with pytest.raises(UnreadableError, match="position 59999 twice"):
        read(many_times(60_000).replace("{}", f'{{{values},"59999":2}}').encode())
    labels = ",".join(f'"{n}":"a"' for n in range(60_000))
    with pytest.raises(UnreadableError, match="'59999' stands twice"):
        read(f'{{"value":{{}},"extension":{{{labels},"59999":"b"}}}}'.encode())
    assert time.process_time() - begin < 5


def test_text_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"after line 0: this is not UTF-8 text"):
        read((HEAD + "A,Bé\t1 \t2 \n").encode("latin-1"), format="tsv")
    with pytest.raises(UnreadableError, match=r"byte \d+ is not UTF-8"):
        read(said(label="é").encode("latin-1").replace(b"\\u00e9", b"\xe9"))


def test_a_packed_file_that_is_broken_off_is_refused() -> None:
    table = HEAD + "".join(f"A,{n}\t{n * 7919 % 5003} \t5 \n" for n in range(20_000))
    data = gzip.compress(table.encode())
    with pytest.raises(UnreadableError, match="can't be unpacked to the end"):
        read(data[: len(data) // 2])
    damaged = data[:5000] + b"\x00\xff" * 40 + data[5080:]
    with pytest.raises(UnreadableError):
        read(damaged)


def test_a_bomb_is_given_up_before_it_takes_memory() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = packer.compress(HEAD.encode() + b"A,BE\t1 \t2") + b"".join(
        packer.compress(b" " * 1_000_000) for _ in range(8)
    )
    bomb += packer.flush()
    assert len(bomb) < 20_000
    tracemalloc.start()
    with pytest.raises(UnreadableError, match=r"line 2: 1,048,577 characters or more"):
        read(bomb)
    with pytest.raises(UnreadableError, match=r"bytes or more"):
        read(bomb, format="json-stat", limits=replace(DEFAULT, whole=2 * 1024**2))
    lines = gzip.compress((HEAD + "A,BE\t1 \t2 \n" * 20_000).encode())
    with pytest.raises(UnreadableError, match=r"bytes or more, unpacked; 65,536 are allowed"):
        list(rows(lines, limits=replace(DEFAULT, unpacked=65_536)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * 1024**2


@pytest.mark.parametrize("format", ["tsv", "sdmx-csv"])
def test_rows_take_no_more_memory_the_more_there_are(format: str) -> None:
    def peak(lines: int) -> int:
        texts = {
            "tsv": HEAD + "".join(f"A,C{n % 50}\t{n} \t: c\n" for n in range(lines)),
            "sdmx-csv": SDMX
            + "".join(f"ESTAT:X(1.0),C{n % 50},2018,{n},,\n" for n in range(lines)),
        }
        data = gzip.compress(texts[format].encode())
        tracemalloc.start()
        assert sum(1 for _ in rows(data)) >= lines
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    # What is kept of cells that repeat has an end; a first run also imports.
    peak(1)
    assert peak(12_000) < peak(1_200) + 3 * 1024**2


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"cells": 3}, r"cells; 3 are allowed"),
        ({"dimensions": 1}, r"2 dimensions; 1 are allowed"),
        ({"codes": 1}, r"2 codes; 1 are allowed"),
        ({"packed": 10}, r"bytes; 10 are allowed"),
    ],
)
@pytest.mark.parametrize("format", ["json-stat", "csv"])
def test_every_limit_is_kept(
    limits: dict[str, int], sentence: str, format: str, small: Cube
) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read(write(small, format), limits=replace(DEFAULT, **limits))


def test_a_cube_of_more_cells_than_can_be_counted_is_refused() -> None:
    ids = [str(n) for n in range(20)]
    index = {"category": {"index": [str(n) for n in range(20)]}}
    data = said(id=ids, size=[20] * 20, dimension=dict.fromkeys(ids, index), value={})
    with pytest.raises(UnreadableError, match="possible cells"):
        read(data.encode())


@pytest.mark.parametrize("kind", ["device", "pipe", "folder"])
def test_what_is_no_regular_file_is_refused_without_waiting(kind: str, tmp_path: Path) -> None:
    path = {"device": Path("/dev/zero"), "pipe": tmp_path / "pipe", "folder": tmp_path}[kind]
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(UnreadableError, match="is no regular file"):
        read(path)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from([HEAD, SDMX, '{"value":', "a,value,flags\n", "\x1f\x8b"]),
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
)
def test_arbitrary_bytes_end_in_a_cube_or_a_sentence(format: str, head: str, rest: bytes) -> None:
    with suppress(FiguresError):
        assert len(read(head.encode("latin-1") + rest, format=format)) > 0


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_spoiled_answer_ends_in_a_cube_or_a_sentence(data: st.DataObject) -> None:
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=4,
    )
    spoiled = json.loads(said(status={"0": "p"}, role={"time": ["time"]}, label="x"))
    part = data.draw(st.sampled_from([*spoiled, "geo", "category"]))
    if part in spoiled:
        spoiled[part] = data.draw(anything)
    elif part == "geo":
        spoiled["dimension"]["geo"] = data.draw(anything)
    else:
        spoiled["dimension"]["geo"]["category"] = data.draw(anything)
    with suppress(FiguresError):
        read(json.dumps(spoiled).encode(), format="json-stat")
