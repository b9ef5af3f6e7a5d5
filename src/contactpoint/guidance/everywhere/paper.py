"""A guide on paper: the same blocks as on the page, as the tree that is printed."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from threading import BoundedSemaphore
from typing import Final

from django.conf import settings
from django.core.cache import cache as kept
from django.utils import timezone

from contactpoint.guidance import opening
from contactpoint.guidance.addresses import short
from contactpoint.guidance.days import told
from contactpoint.guidance.everywhere.pack import KEPT_SECONDS
from contactpoint.guidance.languages import own_name
from contactpoint.guidance.marking import NUMBER, STRONG
from contactpoint.guidance.models import GuideText, Place
from contactpoint.guidance.outline import Entry
from contactpoint.guidance.pages.guide import Part, blocks_of, parts
from contactpoint.guidance.pages.visiting import Visit
from contactpoint.guidance.places import Card, Kind
from contactpoint.guidance.wording import Wording
from contactpoint.kit.composing.document import (
    Block,
    Document,
    Fact,
    Heading,
    Listing,
    Paragraph,
    Run,
)
from contactpoint.kit.composing.facing import Facing
from contactpoint.kit.composing.press import printed, printed_facing

_AT_ONCE: Final = BoundedSemaphore(1)
"""Each takes a process and its memory."""
_FROM_LEFT, _END = "\u2066", "\u2069"


def pdf_of(tree: Document | Facing) -> bytes:
    """The PDF, made once for the same words. Raises `press.UnprintableError`, `OSError`."""
    key = f"guidance-pdf-{blake2b(repr(tree).encode(), digest_size=12).hexdigest()}"
    found = kept.get(key)
    if isinstance(found, bytes):
        return found
    with _AT_ONCE:
        made = (printed(tree) if isinstance(tree, Document) else printed_facing(tree)).pdf
    kept.set(key, made, KEPT_SECONDS)
    return made


def version_url(code: str, text: GuideText) -> str:
    """The whole address of these very words; also when they have changed since."""
    return f"{settings.BASE_URL}{short(code, text.language)}version/{text.digest}/"


def document(
    here: Visit, text: GuideText, source: GuideText | None, entry: Entry, theme: str
) -> Document:
    """The guide as it is printed for this reader."""
    words, language = here.words, here.language.code
    short_url = _from_left(f"{settings.BASE_URL}{short(entry.code, language)}")
    numbers = Place.objects.filter(kind=Kind.EMERGENCY)
    urgent = [Fact(words["emergency_112"], [Run(_from_left(one.phone), True)]) for one in numbers]
    return Document(
        title=text.title,
        language=language,
        publisher=words["name"],
        authors=[settings.SITE_NAME],
        made_at=text.last_published_at or timezone.now(),
        summary=text.summary.replace("**", ""),
        kicker=theme,
        dated=state(text, words),
        address=version_url(entry.code, text),
        facts=[*urgent, Fact(words["short_address"], [Run(short_url)])],
        blocks=[
            *_notes(here, text),
            *(block for part in parts(blocks_of(text, source), here) for block in laid(part, here)),
        ],
        closing=[Run(f"{words['share_scan']}\n{state(text, words)}\n{short_url}")],
    )


def state(text: GuideText, words: Wording) -> str:
    """Of which day a text is."""
    day = told(text.last_published_at or timezone.now(), text.language, "long")
    return words.text("paper_state", date=day)


def laid(part: Part, here: Visit, *, flat: bool = False) -> Iterator[Block]:
    """A block as it is printed; `flat` where headings are bold lines, and
    a place is a number."""
    words = here.words
    heading = _bold if flat else _heading
    if part.role:
        yield heading(words[f"role_{part.role}"])
    if part.only_for:
        between = f" {words['for_or']} "
        yield _bold(between.join(words[f"for_{code}"] for code in part.only_for))
    block = part.block
    if block.kind == "heading":
        yield heading(block.text)
    elif block.kind in ("list", "steps"):
        items = [[Paragraph(runs(item.text))] for item in block.items]
        yield Listing(items, ordered=block.kind == "steps")
    elif block.kind == "word":
        word, meaning = block.word
        yield Paragraph([Run(f"{word}: ", bold=True), *runs(meaning)])
    else:
        if block.kind == "warning":
            yield _bold(words["warning"])
        yield from (Paragraph(runs(one)) for one in block.text.split("\n\n") if one.strip())
    if part.place:
        yield from _card(part.place, words, brief=flat)


def runs(text: str) -> list[Run]:
    """Words with what is strong in them; long numbers keep their direction."""
    line = NUMBER.sub(lambda found: _from_left(found[0]), " ".join(text.split()))
    pieces = STRONG.split(line)
    return [Run(piece, bold=at % 2 == 1) for at, piece in enumerate(pieces) if piece]


def _notes(here: Visit, text: GuideText) -> Iterable[Block]:
    if text.is_example and not text.is_checked:
        yield _bold(here.words["example"])
    if here.variant:
        yield _bold(here.words[f"for_{here.variant}"])


def _card(card: Card, words: Wording, *, brief: bool) -> Iterator[Block]:
    """A place; `brief` is what one needs to call it."""
    place = card.place
    lines = [Run(card.name.text, bold=True, language=card.name.language)]
    if card.note.text and not brief:
        lines += [Run("\n"), *(runs(card.note.text))]
    if place.phone:
        lines.append(Run(f"\n{words['call']}: "))
        lines.append(Run(_from_left(place.phone), bold=True))
        if place.is_free:
            lines.append(Run(f" ({words['call_free']})"))
    hours = opening.printed(place.hours, words)
    open_at = words["hours_always"] if place.always_open else ", ".join(hours)
    if open_at:
        lines.append(Run(f"\n{words['hours']}: {open_at}"))
    if brief:
        yield Paragraph(lines)
        return
    if place.languages:
        spoken = ", ".join(own_name(code) for code in place.languages)
        lines.append(Run(f"\n{words['languages_spoken']}: {spoken}"))
    for label, value in (("address", card.address.text), ("write", place.email)):
        if value:
            lines.append(Run(f"\n{words[label]}: {value}"))
    if place.website:
        lines += [Run(f"\n{words['website']}: "), Run(place.website, url=place.website)]
    if place.is_example:
        lines.append(Run(f"\n{words['example_place']}"))
    yield Paragraph(lines)


def _heading(text: str) -> Block:
    return Heading(runs(text))


def _bold(text: str) -> Block:
    return Paragraph([Run(text.replace("**", ""), bold=True)])


def _from_left(text: str) -> str:
    return f"{_FROM_LEFT}{text}{_END}"
