"""Where compilations stand. What the network sees has addresses of its own, so that a public one
never depends on who asks."""

from typing import Final

NETWORK: Final = "network"


def round_url(code: str, language: str) -> str:
    """The page of a round, with the public version."""
    return f"/{language}/consultations/{code}/"


def network_url(code: str, language: str) -> str:
    """The version for the network; only for who is signed in."""
    return f"{round_url(code, language)}{NETWORK}/"


def network_list_url(language: str) -> str:
    """All that states are asked and have answered, for the network."""
    return f"/{language}/consultations/room/compilations/"


def file_url(code: str, language: str, ending: str, *, is_network: bool = False) -> str:
    """The compilation as a file; `ending` is one of `formats.FORMATS`."""
    base = network_url(code, language) if is_network else round_url(code, language)
    return f"{base}compilation.{ending}"


def attachment_url(code: str, language: str, reference: str, *, is_network: bool = False) -> str:
    """A file that belongs to an answer."""
    base = network_url(code, language) if is_network else round_url(code, language)
    return f"{base}attachments/{reference}/"


def comparison_url(language: str) -> str:
    """Answers of several states side by side, over the years."""
    return f"/{language}/consultations/compare/"


def validity_url(language: str) -> str:
    """Where the people of a state say whether its answers are still true."""
    return f"/{language}/consultations/room/validity/"


def anchor(state: str, question: str) -> str:
    """Of one answer within a page."""
    return f"a-{state.lower()}-{question}"
