"""Who is asked: a list is taken over, and each gets a link of their own by mail."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Mailing, PersonalLink, Respondent, Round
from contactpoint.consultations.secret_links import digest_of_who, new_secret
from contactpoint.consultations.spoken import KEY, page_for
from contactpoint.consultations.timing import Standing, standing
from contactpoint.kit import outbox
from contactpoint.kit.mail import is_sent

INVITATION: Final = 0
MOST_AT_ONCE: Final = 20_000
LONGEST_LIST: Final = 4 * 1024**2
_ADDRESS: Final = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")


class InvitingError(Exception):
    """Nothing was changed; the message says why, and what to do."""


class Person(NamedTuple):
    """A line of a list."""

    email: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How a list was taken over."""

    added: int
    known: int


def read(text: str, held_in: Iterable[str] = ()) -> list[Person]:
    """A pasted list or a CSV file: address, name, language; a heading line may name the columns.

    Comma, semicolon or tab part the columns. A language is one of the portal's, or one that the
    survey is held in. An `InvitingError` names the line that is off; then
    none is taken over.
    """
    if len(text) > LONGEST_LIST:
        raise InvitingError(_("This list is too long. Take it over in parts."))
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in lines.split("\n") if re.search("[\t;,]", line)), "")
    parting = max("\t;,", key=first.count)
    columns = ["email", "name", "language"]
    known = list(dict.fromkeys([*dict(settings.LANGUAGES), *held_in]))
    found: list[Person] = []
    for number, cells in enumerate(csv.reader(io.StringIO(lines), delimiter=parting), start=1):
        row = [cell.strip() for cell in cells]
        if not any(row):
            continue
        if not found and (named := _heading(row)):
            columns = named
            continue
        found.append(_person(dict(zip(columns, row, strict=False)), number, known))
        if len(found) > MOST_AT_ONCE:
            raise InvitingError(_("This list is too long. Take it over in parts."))
    return found


@transaction.atomic
def add(round: Round, people: Iterable[Person]) -> Taken:
    """Put people on the list, each address once; who is there already stays as they are. Of those
    without an address each line is somebody: two may have the same name, but the same list taken
    over again adds nobody."""
    _ensure_personal(round)
    Round.objects.select_for_update().get(pk=round.pk)  # who adds the same list waits
    there = listed(round)
    addresses = set(there.exclude(email="").values_list("email", flat=True))
    names = Counter(there.filter(email="").values_list("name", flat=True))
    new: list[Respondent] = []
    wanted: set[str] = set()
    known = 0
    for one in people:
        if one.email in wanted:
            continue
        if one.email:
            wanted.add(one.email)
        is_known = one.email in addresses if one.email else names[one.name] > 0
        if is_known:
            names[one.name] -= not one.email
            known += 1
        else:
            new.append(
                Respondent(round=round, email=one.email, name=one.name, language=one.language)
            )
    Respondent.objects.bulk_create(new, ignore_conflicts=True)
    count(round)
    return Taken(len(new), known)


@transaction.atomic
def invite(round: Round) -> int:
    """Have everybody written to who was not yet; returns how many."""
    _ensure_personal(round)
    if standing(round) is not Standing.OPEN:
        raise InvitingError(_("Links are sent while the survey is open. Open it first."))
    ensure_mailed(round)
    waiting = Respondent.objects.filter(round=round, has_answered=False, invited_at=None)
    waiting = waiting.exclude(email="")
    new = waiting.exclude(mailings__turn=INVITATION).values_list("pk", flat=True)
    return mail_to(round, list(new), INVITATION)


def mail_to(round: Round, respondents: Sequence[int], turn: int) -> int:
    """Within a transaction: one mail of a turn to each, whoever asks for it twice."""
    made = Mailing.objects.bulk_create(
        [Mailing(respondent_id=pk, turn=turn) for pk in respondents], ignore_conflicts=True
    )
    if made:
        outbox.publish("consultations.mailing", round=round.pk)
    return len(made)


def may_mail(round: Round) -> bool:
    """Whether links may be mailed. Without a mail server each mail stays in a folder of this
    machine, with address and link: nobody could say any more that a survey is anonymous."""
    return is_sent() or not round.is_anonymous


def ensure_mailed(round: Round) -> None:
    """An `InvitingError` that says what to do where links may not be mailed."""
    if not may_mail(round):
        raise InvitingError(
            _(
                "No mail was written. This portal has no mail server, so each mail would stay on "
                "this machine with an address and its link, and the survey is anonymous. Make "
                "links to print instead, or have your operator name a mail server."
            )
        )


@transaction.atomic
def links(round: Round, respondent: int | None = None) -> list[tuple[str, str]]:
    """Name and a new link of each who has no address, such as to be printed on letters; of all on
    the list where no link may be mailed. They are shown this once: nobody can find them again.

    Of an anonymous round each gets theirs once, whether or not anybody has answered; who lost it
    gets another by name (`respondent`). It leads to the first page, as every invitation does.
    """
    _ensure_personal(round)
    Round.objects.select_for_update().get(pk=round.pk)
    people = listed(round).filter(email="") if may_mail(round) else listed(round)
    if respondent is not None:
        people = people.filter(pk=respondent)
    elif round.is_anonymous:
        people = people.filter(links=None)
    if not round.is_anonymous:
        people = people.filter(has_answered=False)
    made = [(one, new_secret()) for one in people.order_by("pk")]
    PersonalLink.objects.bulk_create(
        PersonalLink(respondent=one, digest=digest_of_who(secret)) for one, secret in made
    )
    made_for = Respondent.objects.filter(pk__in=[one.pk for one, _secret in made])
    made_for.update(invited_at=timezone.now())
    return [(one.name or one.email, link(round, secret, one.language)) for one, secret in made]


def link(round: Round, secret: str, language: str) -> str:
    """The full address of a personal link, on a page that there is."""
    page, words = page_for(language, round.languages)
    carried = f"?{KEY}={words}" if words else ""
    return f"{settings.BASE_URL}/{page}/consultations/{round.code}/answer/{secret}/{carried}"


@transaction.atomic
def remove(round: Round, pk: int) -> bool:
    """Take somebody off the list. Whoever has a link was asked, and stays counted as that without a
    name and an address: they may still answer, and no number tells whether they had."""
    found = Respondent.objects.select_for_update().filter(round=round, pk=pk).first()
    if found is None:
        return False
    if _was_reached(found):
        Mailing.objects.filter(respondent=found, sent_at=None).delete()
        Respondent.objects.filter(pk=pk).update(email="", name="", language="")
    else:
        found.delete()
    count(round)
    return True


def listed(round: Round) -> "QuerySet[Respondent]":
    """Who stands on the list: all but those who were taken off it after they had got a link."""
    return Respondent.objects.filter(round=round).exclude(email="", name="")


def _was_reached(respondent: Respondent) -> bool:
    """Whether they may have a link: a mail went out or is on its way, or a letter was printed."""
    mailings = Mailing.objects.filter(respondent=respondent)
    if respondent.has_answered or respondent.invited_at is not None:
        return True
    if mailings.filter(taken_at__isnull=False, is_undeliverable=False).exists():
        return True
    return not mailings.exists() and PersonalLink.objects.filter(respondent=respondent).exists()


def count(round: Round) -> None:
    """Keep how many were asked, on the list or taken off it: it outlives the list, and rates are
    worked out from it."""
    Round.objects.filter(pk=round.pk).update(invited=round.respondents.count())


def _ensure_personal(round: Round) -> None:
    if round.access != Round.Access.PERSONAL:
        raise InvitingError(_("Only a survey with a link for each respondent has a list of them."))


def _heading(row: Sequence[str]) -> list[str]:
    """The columns that a first line names, in any of the portal's languages."""
    meant = {
        "email": {"email", "e-mail", "mail", "address", "adresse", "adres", "courriel"},
        "name": {"name", "nom", "naam"},
        "language": {"language", "langue", "taal", "sprache", "lang"},
    }
    if any("@" in cell for cell in row):
        return []
    columns = [
        next((key for key, names in meant.items() if cell.lower() in names), "") for cell in row
    ]
    return columns if "email" in columns or "name" in columns else []


def _person(cells: dict[str, str], number: int, languages: Sequence[str]) -> Person:
    email, name = cells.get("email", ""), " ".join(cells.get("name", "").split())[:200]
    if match := _ADDRESS.match(email):
        email, name = match["email"].strip(), name or match["name"].strip(' "')[:200]
    language = cells.get("language", "").lower()
    if not email and not name:
        raise InvitingError(
            _("Line %(number)s has neither an address nor a name.") % {"number": number}
        )
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise InvitingError(
                _("Line %(number)s: “%(email)s” is no e-mail address.")
                % {"number": number, "email": email[:100]}
            ) from None
    if language and language not in languages:
        raise InvitingError(
            _(
                "Line %(number)s: “%(language)s” is no language of the portal or the survey. "
                "Use %(codes)s."
            )
            % {
                "number": number,
                "language": language[:20],
                "codes": ", ".join(languages),
            }
        )
    local, _at, host = email.rpartition("@")
    return Person(f"{local}@{host.lower()}" if email else "", name, language)
