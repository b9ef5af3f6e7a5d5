"""What no line of the portal may do, read from its code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SOURCE = Path(__file__).parents[2] / "src" / "contactpoint"

SPEAKING = frozenset({"socket", "ssl", "urllib3", "httpx", "requests", "aiohttp", "ftplib"})
SPEAKING_PARTS = ("http.client", "urllib.request", "smtplib", "imaplib", "poplib", "telnetlib")
SPEAKERS = {
    "kit/fetching.py": "the one client for addresses that people type or strangers send",
    "config/serve.py": "listens, and asks its own server whether it is there",
    "kit/presence.py": "the name of this machine",
    "kit/mail_providers.py": "tells errors of Anymail's library apart",
    "dissemination/delivering/providers.py": "bounds Anymail's session; asks the same provider",
    "dissemination/delivering/smtp.py": "the operator's mail server",
    "dissemination/delivering/slots.py": "the name of this machine",
    "dissemination/delivering/mailboxes.py": "the operator's mailbox of reports",
    "dissemination/delivering/ways.py": "names of errors of the mail server",
    "kit/mail.py": "names of errors of the mail server",
    "dissemination/social/networks/mastodon.py": "the library's requests go on by fetching",
    "dissemination/social/networks/bluesky.py": "the library's requests go on by fetching",
    "search/engines/opensearch/client.py": "the operator's own cluster",
    "search/engines/opensearch/lock.py": "the name of this machine",
    "media/clamd.py": "the operator's own scanner",
}
"""Who opens a line, or knows a library that does, and to whom. All else goes by `kit.fetching`."""

PARSING = frozenset(
    [
        *("lxml", "xml.etree.ElementTree", "xml.dom.minidom", "xml.sax", "xml.dom.pulldom"),
        *("xml.parsers.expat", "pickle", "marshal", "shelve", "yaml"),
    ]
)
PARSERS = {
    "outputs/previewing.py": "minidom over a feed that was written in the line above",
    "kit/picturing/png.py": "names of types; what is read goes through defusedxml",
    "vocabulary/formats/rdfxml.py": "names of errors and handlers; defusedxml reads",
    "consultations/questions/xlsform/guarding.py": "the name of an error; defusedxml reads",
}
"""Who imports a parser that trusts what it reads, and for what."""


def imports(tree: ast.AST) -> Iterator[str]:
    """Names of modules, wherever they are imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importing(wanted: frozenset[str], parts: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """Files that import one of these, or a module of theirs."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            one
            for name in imports(tree)
            for one in (*wanted, *parts)
            if name == one or name.startswith(f"{one}.")
        }
        if names:
            found[path.relative_to(SOURCE).as_posix()] = names
    return found


def test_nothing_speaks_to_others_but_the_one_client_and_a_few_with_reasons() -> None:
    found = importing(SPEAKING, SPEAKING_PARTS)
    assert {name: found[name] for name in found.keys() - SPEAKERS.keys()} == {}
    assert SPEAKERS.keys() - found.keys() == set(), "a reason for what nobody does any more"


def test_no_parser_that_trusts_what_it_reads_is_used() -> None:
    odd = {
        name: names
        for name, names in importing(PARSING).items()
        if name not in PARSERS and (names - {"xml.sax"} or not _only_names(name))
    }
    assert odd == {}


def _only_names(name: str) -> bool:
    """Whether of SAX only handlers, escapes and errors are taken, which read nothing."""
    tree = ast.parse((SOURCE / name).read_text(encoding="utf-8"))
    taken = {one for one in imports(tree) if one.startswith("xml.sax")}
    harmless = ("xml.sax.saxutils", "xml.sax.handler", "xml.sax.SAX")
    return all(one == "xml.sax" or one.startswith(harmless) for one in taken)


QUERIES = frozenset({"filter", "exclude", "annotate", "order_by", "values", "values_list", "alias",
                     "aggregate", "create", "update", "get", "get_or_create"})  # fmt: skip
FROM_READERS = ("request", "GET", "POST", "cleaned_data", "query_params", "QueryDict", "FILES")


def test_no_dictionary_of_a_readers_goes_into_a_query() -> None:
    """Names of columns are ours; `filter(**request.GET)` would let a reader ask for any."""
    wrong = []
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in QUERIES:
                continue
            spread = [one.value for one in node.keywords if one.arg is None]
            spread += [one.value for one in node.args if isinstance(one, ast.Starred)]
            for value in spread:
                names = {
                    inner.id if isinstance(inner, ast.Name) else inner.attr
                    for inner in ast.walk(value)
                    if isinstance(inner, (ast.Name, ast.Attribute))
                }
                if names & set(FROM_READERS):
                    wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert wrong == []


def test_no_template_lets_words_of_others_through_as_markup() -> None:
    """`safe` and `autoescape off` are for what we wrote ourselves."""
    allowed = {
        "api/templates/api/open_data.html": "addresses of files of ours",
        "guidance/templates/guidance/everywhere/saved.html": "our own style sheet, in a saved page",
    }
    wrong = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in SOURCE.rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ("|safe" in line or "autoescape off" in line)
        and path.relative_to(SOURCE).as_posix() not in allowed
    ]
    assert wrong == []


def test_no_session_is_begun_by_looking() -> None:
    assert settings.SESSION_SAVE_EVERY_REQUEST is False
