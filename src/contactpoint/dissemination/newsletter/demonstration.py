"""The demo's newsletter: an issue that was sent to nobody, and a draft of the next."""

import tomllib
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.consultations.models import Round
from contactpoint.dissemination.blocks import as_kept
from contactpoint.dissemination.models import Issue, Mailing
from contactpoint.dissemination.newsletter.gathering import proposed, section
from contactpoint.dissemination.newsletter.sending import key, schedule, work
from contactpoint.search.sources import documents
from contactpoint.search.sources.consultations import keys_of

FILE: Final = Path(__file__).parent / "demo.toml"
_ITEM: Final = "https://contactpoint.example/demo/"


@transaction.atomic
def load_newsletter(file: Path = FILE) -> int:
    """Make both where there is no issue yet; returns how many were made."""
    if Issue.objects.exists():
        return 0
    with file.open("rb") as text:
        content = tomllib.load(text)
    sent, draft = content["sent"], content["draft"]
    now = timezone.now()
    issue = Issue(
        titles=sent["titles"],
        introductions=sent["introductions"],
        since=timezone.localdate() - timedelta(days=60),
    )
    _arrange(issue, [_section(one) for one in sent["sections"]])
    issue.save()
    # Nobody gets it, whoever follows: it is an example of what stands in the archive.
    Mailing.objects.create(key=key(issue), kind="newsletter", filled_at=now)
    schedule(issue, now)
    work(now)
    work(now)
    following = Issue(titles=draft["titles"], introductions=draft["introductions"])
    following.since = timezone.localdate() - timedelta(days=31)
    _arrange(following, proposed(following.since))
    following.save()
    return 2


def _section(told: dict[str, Any]) -> dict[str, Any]:
    """A section as the field takes it; items of which this portal has none are left out."""
    keys = list(map(_key, told["items"]))
    things = {thing.key: thing for thing in documents(keys) if thing.versions}
    made = section(told["about"], [as_kept(things[one]) for one in keys if one in things])
    words = {_key(written): given for written, given in told.get("words", {}).items()}
    for item, one in zip(made["value"]["items"], [k for k in keys if k in things], strict=True):
        item["value"]["words"] = words.get(one, {})
    return made


def _key(written: str) -> str:
    """`publication/slug` of the demo's items, a code of a consultation, or a key as it is."""
    if ":" in written:
        what, _colon, code = written.partition(":")
        return _of_consultation(code) if what == "consultation" else written
    return f"output:{uuid.uuid5(uuid.NAMESPACE_URL, _ITEM + written)}"


def _of_consultation(code: str) -> str:
    found = keys_of(Round.objects.filter(instrument__code=code).values_list("pk", flat=True))
    return found[-1] if found else ""


def _arrange(issue: Issue, sections: list[dict[str, Any]]) -> None:
    field: Any = Issue._meta.get_field("sections")
    kept = [one for one in sections if one["value"]["items"]]
    issue.sections = field.stream_block.to_python(kept)
