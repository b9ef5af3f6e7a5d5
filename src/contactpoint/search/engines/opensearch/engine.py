"""The engine: named indexes in a cluster, of which one is searched by an alias."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from contactpoint.search.engines.base import (
    Answer,
    Engine,
    EngineError,
    Hit,
    Request,
    Status,
    UnavailableError,
    Writer,
)
from contactpoint.search.engines.opensearch import asking, words
from contactpoint.search.engines.opensearch.address import Address, index_name, read
from contactpoint.search.engines.opensearch.client import Client, RefusedError, Reply
from contactpoint.search.engines.opensearch.lock import Lock, create_index
from contactpoint.search.engines.opensearch.mapping import DEEPEST, layout
from contactpoint.search.engines.opensearch.writing import OpenSearchWriter

_MISSING = "index_not_found_exception"
_SHOWN = "hits.total.value,hits.hits._index,hits.hits._score,hits.hits.fields,aggregations"


def make(url: str) -> Engine:
    """An engine on the cluster at that address (form: `address.FORM`); nothing is opened yet."""
    return OpenSearchEngine(read(url))


class OpenSearchEngine(Engine):
    """Index `<prefix>-<name>`, searched as alias `<prefix>`, written as `<prefix>-<name>.writing`.

    Writing by an alias keeps a late write from bringing a removed index back to life. Locks stand
    in an index of their own, `<prefix>.writers`.
    """

    def __init__(self, address: Address) -> None:
        self._prefix = address.prefix
        self._client = Client(address)

    def status(self) -> Status:
        name = self._current()
        documents = size = 0
        if name is not None:
            path = f"/{self._index(name)}/_stats/docs,store?filter_path=_all.primaries"
            sums = self._client.read("GET", path, allowed={404}).body.get("_all")
            if sums:
                documents = sums["primaries"]["docs"]["count"]
                size = sums["primaries"]["store"]["size_in_bytes"]
        return Status("opensearch", name, documents, size, self._names())

    def create(self, name: str) -> None:
        index = self._index(name)
        version = self._client.write("GET", "/").body["version"]["number"]
        body = layout(name, self._client.address.replicas, int(version.split(".")[0]))
        create_index(self._client, index, body | {"aliases": {_writing(index): {}}})

    @contextmanager
    def writer(self, name: str) -> Iterator[Writer]:
        target = self._target(name)
        with (
            Lock(self._client, name) as lock,
            closing(OpenSearchWriter(self._client, target, lock)) as writer,
        ):
            yield writer

    @contextmanager
    def filling(self, name: str) -> Iterator[Writer]:
        with closing(OpenSearchWriter(self._client, self._target(name), None)) as writer:
            yield writer

    def switch(self, name: str) -> None:
        index = self._index(name)
        alias = {"alias": self._prefix}
        actions = [
            {"remove": {**alias, "index": f"{self._prefix}-*", "must_exist": False}},
            {"add": {**alias, "index": index}},
        ]
        try:
            self._client.write("POST", "/_aliases", {"actions": actions})
        except RefusedError as refused:
            if refused.kind == _MISSING:
                raise EngineError(f"There is no index called {name}.") from None
            raise

    def remove(self, name: str) -> None:
        if name == self._current():
            raise EngineError(f"The index {name} is being searched: switch to another first.")
        self._client.write("DELETE", f"/{self._index(name)}", allowed={404})

    def search(self, request: Request) -> Answer:
        """`EngineError` for a page of results that stand beyond `DEEPEST`."""
        options = f"preference={asking.copy(request.query)}&filter_path={_SHOWN}"
        reply = self._search(asking.body(request), options)
        hits = reply["hits"]
        total = hits["total"]["value"]
        if total > DEEPEST and request.limit > 0 and request.offset + request.limit > DEEPEST:
            raise EngineError(
                f"Only the first {DEEPEST:,} results can be shown; narrow the question for others."
            )
        counts = {
            name: {
                bucket["key"]: bucket["doc_count"]
                for bucket in counted.get("values", {}).get("buckets", [])
            }
            for name, counted in reply.get("aggregations", {}).items()
        }
        return Answer(
            total=total,
            hits=[_hit(hit) for hit in hits.get("hits", [])],
            facets={name: counts.get(name, {}) for name in request.counted},
        )

    def stored(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        """From the index in which each was found; what was taken out since is an empty object.

        Another copy than the one that was searched may not show yet what is new, and an index may
        be removed meanwhile: what is missing is asked for again, as it stands at this moment.
        """
        found = self._kept([{"_index": hit.place, "_id": hit.key} for hit in hits])
        missing = [at for at, document in enumerate(found) if "_source" not in document]
        again = self._kept(
            [{"_index": self._prefix, "_id": hits[at].key} for at in missing], as_it_stands=True
        )
        for at, document in zip(missing, again, strict=True):
            found[at] = document
        if any("error" in document for document in found):
            raise UnavailableError("The search cluster does not find what it stored.")
        return [document.get("_source", {}).get("stored", {}) for document in found]

    def _kept(
        self, wanted: Sequence[dict[str, str]], *, as_it_stands: bool = False
    ) -> list[dict[str, Any]]:
        if not wanted:
            return []
        realtime = str(as_it_stands).lower()
        path = f"/_mget?realtime={realtime}&filter_path=docs._id,docs._source,docs.error.type"
        documents: list[dict[str, Any]] = self._ask("POST", path, {"docs": wanted}).body["docs"]
        return documents

    def frequencies(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        wanted = list(terms)
        counts = self._counts(wanted)
        return [counts[term] for term in wanted]

    def _counts(
        self, terms: Iterable[tuple[str, str]], excluded: asking.Clause | None = None
    ) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        for piece, body in words.counting(dict.fromkeys(terms), excluded):
            path = f"/{self._prefix}/_msearch?filter_path={words.COUNTED}"
            answers = self._ask("POST", path, body).body["responses"]
            for term, answer in zip(piece, answers, strict=True):
                counts[term] = _counted(answer)
        return counts

    def beginning(self, name: str, start: str, limit: int = 10) -> list[tuple[str, int]]:
        body = words.beginning_so(name, start, limit, asking.expired(_now()))
        if body is None:
            return []
        counted = self._search(body)["aggregations"]["words"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"]]

    def similar(self, name: str, token: str, limit: int = 5) -> list[tuple[str, int]]:
        """The cluster proposes; we count, for it knows also what is deleted or expired."""
        if not token.strip() or limit <= 0:
            return []
        told = self._search(words.alike(name, token))["suggest"]["alike"]
        near = words.nearest(token, (option for part in told for option in part["options"]))
        few = [(name, word) for word in near[: 4 * limit]]
        counts = self._counts(few, asking.expired(_now()))
        return words.ordered(token, {word: counts[name, word] for _name, word in few})[:limit]

    def _search(self, body: dict[str, Any], options: str = "") -> dict[str, Any]:
        """Whole or not at all: a part of the answer would be a wrong one."""
        path = f"/{self._prefix}/_search?allow_partial_search_results=false&{options}"
        answer: dict[str, Any] = self._ask("POST", path, body).body
        return answer

    def _ask(self, method: str, path: str, body: Any) -> Reply:
        try:
            return self._client.read(method, path, body)
        except RefusedError as refused:
            if refused.kind == _MISSING:
                raise _no_index() from None
            if "maxClauseCount" in str(refused) or "too_many" in refused.kind:
                raise EngineError(
                    "The question has more parts than the cluster takes; its setting "
                    "indices.query.bool.max_clause_count says how many."
                ) from None
            raise

    def _target(self, name: str) -> str:
        """The alias by which an index is written."""
        target = _writing(self._index(name))
        if self._client.write("GET", f"/_alias/{target}", allowed={404}).status == 404:
            raise EngineError(f"There is no index called {name}.")
        return target

    def _index(self, name: str) -> str:
        return index_name(self._prefix, name)

    def _current(self) -> str | None:
        reply = self._client.read("GET", f"/_alias/{self._prefix}", allowed={404})
        if reply.status == 404:
            return None
        return next(iter(reply.body)).removeprefix(f"{self._prefix}-")

    def _names(self) -> list[str]:
        """Those that we made; another portal's prefix may begin like ours."""
        path = f"/{self._prefix}-*/_mapping?filter_path=*.mappings._meta"
        found = self._client.read("GET", path).body
        made = {
            index: told["mappings"]["_meta"].get("contactpoint") for index, told in found.items()
        }
        return sorted(name for index, name in made.items() if index == f"{self._prefix}-{name}")


def _writing(index: str) -> str:
    return f"{index}.writing"


def _hit(found: dict[str, Any]) -> Hit:
    fields = found["fields"]
    return Hit(
        key=fields["key"][0],
        score=found.get("_score") or 0.0,
        day=fields.get("day", [None])[0],
        languages=frozenset(fields.get("languages", ())),
        place=found["_index"],
    )


def _now() -> int:
    return int(time.time()) // 60


def _counted(answer: dict[str, Any]) -> int:
    if "error" not in answer:
        return int(answer["hits"]["total"]["value"])
    if answer["status"] == 404:
        raise _no_index()
    raise UnavailableError("The search cluster can't count at the moment.")


def _no_index() -> UnavailableError:
    return UnavailableError("There is no index to search: run `contactpoint index rebuild`.")
