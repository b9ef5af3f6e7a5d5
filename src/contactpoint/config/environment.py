"""Every setting that an operator may give, typed, with its default and what it means.

`docs/operators/settings.md` is written from this registry and a test holds the two together.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import environ

from contactpoint.config.channels import channels
from contactpoint.config.outgoing import Outgoing, outgoing
from contactpoint.config.storage import Bucket, bucket, keys, of_backups

Environment = Literal["production", "demo", "development", "test"]
ENVIRONMENTS: tuple[Environment, ...] = ("production", "demo", "development", "test")

COMPUTER_VOICES = ("ar", "de", "en", "es", "fa", "fr", "nl", "ru", "sq", "tr", "uk")
"""Languages of applicants that espeak-ng speaks; there is no voice for ps, ti and so."""
SHORTEST_TOKEN = 20
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _environment(text: str) -> Environment:
    if text not in ENVIRONMENTS:
        raise ValueError(
            f"CONTACTPOINT_ENVIRONMENT is {text!r}; use one of {', '.join(ENVIRONMENTS)}."
        )
    return text


def _proxies(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"CONTACTPOINT_TRUSTED_PROXIES is {text!r}; give a number, such as 1.")
    return int(text)


def _yes_or_no(name: str) -> Callable[[str], bool]:
    def read(text: str) -> bool:
        if text.lower() not in ("yes", "no"):
            raise ValueError(f"CONTACTPOINT_{name} is {text!r}; use yes or no.")
        return text.lower() == "yes"

    return read


def _country(text: str) -> str:
    if not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise ValueError(f"CONTACTPOINT_COUNTRY is {text!r}; give two letters, such as BE.")
    return text.upper()


def _days(name: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) > 3650:
            raise ValueError(f"CONTACTPOINT_{name} is {text!r}; give a number of days, such as 30.")
        return int(text)

    return read


def _number(name: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > 6:
            raise ValueError(f"CONTACTPOINT_{name} is {text!r}; give a number, such as 120.")
        return int(text)

    return read


def _voices(text: str) -> tuple[str, ...]:
    codes = tuple(filter(None, (code.strip() for code in text.lower().split(","))))
    if wrong := [code for code in codes if code not in COMPUTER_VOICES]:
        raise ValueError(
            f"CONTACTPOINT_GUIDANCE_COMPUTER_VOICE has {wrong[0]!r}, for which the computer has no "
            f"voice; give languages of {', '.join(COMPUTER_VOICES)}, between commas."
        )
    return codes


def _elsewhere(text: str) -> str:
    if not text.startswith("https://") or not urlsplit(text).hostname:
        raise ValueError(
            f"CONTACTPOINT_QUICK_EXIT_URL is {text!r}; give an address such as https://example.org/."
        )
    return text


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"CONTACTPOINT_LOG_LEVEL is {text!r}; use one of {', '.join(LOG_LEVELS)}.")
    return text.upper()


def _log(text: str) -> str:
    if text.lower() not in ("lines", "json"):
        raise ValueError(f"CONTACTPOINT_LOG is {text!r}; use lines or json.")
    return text.lower()


def _metrics_token(text: str) -> str:
    if text and (len(text) < SHORTEST_TOKEN or not text.isascii() or " " in text):
        # It may be a part of the real one, so it is not shown.
        raise ValueError(
            "CONTACTPOINT_METRICS_TOKEN must be empty, or at least 20 letters and digits without "
            "a space. Make one with python3 -c 'import secrets; print(secrets.token_urlsafe(32))'."
        )
    return text


def _search_url(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        # The address may hold a password, so it is not shown.
        raise ValueError("CONTACTPOINT_SEARCH_URL must be empty or begin with https:// or http://.")
    return text


def _translator(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        given = json.loads(text)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("CLASS"), str):
        # It may hold a key, so it is not shown.
        raise ValueError('CONTACTPOINT_TRANSLATOR must be empty or {"CLASS": …, "OPTIONS": {…}}.')
    return given


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@environ.config(prefix="CONTACTPOINT")
class Settings:
    """What `CONTACTPOINT_*` variables may say; all have a default that is safe in production."""

    environment: Environment = environ.var(
        "production",
        converter=_environment,
        help="production, demo, development or test. Only production insists on a secret.",
    )
    secret_key: str = environ.var(
        "", help="Signs cookies and links. At least 50 random characters; required in production."
    )
    data: Path = environ.var(
        "var",
        converter=lambda text: Path(text).expanduser().resolve(),
        help="The folder that holds all that the embedded default writes.",
    )
    database_url: str = environ.var(
        "",
        help="postgresql://user:password@host/name; empty means SQLite in the data folder.",
    )
    database_replica: str = environ.var(
        "",
        help="postgresql://user:password@host/name of a streaming replica: public pages are read "
        "from it while it is not behind. See `docs/operators/machines.md`.",
    )
    database_listen: str = environ.var(
        "",
        help="The same database by the address of the server itself, where DATABASE_URL leads to a "
        "pooler in transaction mode: changes made on other machines are heard by it. See "
        "`docs/operators/machines.md`.",
    )
    cache_url: str = environ.var(
        "", help="redis://host:6379/0 for Valkey or Redis; empty means files in the data folder."
    )
    search_url: str = environ.var(
        "",
        converter=_search_url,
        help="https://user:password@host1,host2:9200/prefix for OpenSearch; empty means an index "
        "in the data folder.",
    )
    storage_url: Bucket | None = environ.var(
        "",
        converter=bucket,
        help="s3://bucket/folder?endpoint=https://host&region=eu-west-1 for pictures, documents, "
        "sound and film in a bucket with S3's interface; empty means `media/` in the data folder. "
        "See `docs/operators/storage.md`.",
    )
    storage_keys: tuple[str, str] = environ.var(
        "",
        converter=keys,
        help="ID:SECRET for CONTACTPOINT_STORAGE_URL, or the path of a file that holds such a "
        "line.",
    )
    backup_url: Bucket | None = environ.var(
        "",
        converter=of_backups(bucket),
        help="s3://bucket/folder?endpoint=https://host&region=eu-west-1 for backups that send only "
        "what is new (`contactpoint backup bucket:`); better another bucket than that of the "
        "files, with keys of its own. See `docs/operators/backup.md`.",
    )
    backup_keys: tuple[str, str] = environ.var(
        "",
        converter=of_backups(keys),
        help="ID:SECRET for CONTACTPOINT_BACKUP_URL, or the path of a file that holds such a line.",
    )
    hosts: list[str] = environ.var(
        "localhost,127.0.0.1,[::1]",
        converter=_list,
        help="Host names that the portal answers to, separated by commas.",
    )
    base_url: str = environ.var(
        "http://localhost:8000",
        help="The address that readers use, without a slash at its end; goes into mails and feeds.",
    )
    site_name: str = environ.var("Contactpoint", help="The name of the portal.")
    email_url: Outgoing = environ.var(
        "",
        converter=outgoing,
        help="smtp://user:password@host:587/?tls=1, or a mail provider such as "
        "mailgun://?api_key_file=…: see `docs/operators/sending-mail.md`. Empty writes mails into "
        "the data folder.",
    )
    email_from: str = environ.var(
        "Contactpoint <noreply@localhost>", help="The sender of the portal's mails."
    )
    email_bounces: str = environ.var(
        "",
        help="Where mail servers report what they could not deliver of alerts and newsletters; "
        "empty means the sender's address.",
    )
    bounces_url: str = environ.var(
        "",
        help="The mailbox of such reports, imaps://name:password@host:993/INBOX: read every hour.",
    )
    mails_a_minute: int = environ.var(
        "120",
        converter=_number("MAILS_A_MINUTE"),
        help="So many alerts and newsletters a minute to addresses of one domain; 0 sets no limit.",
    )
    social: dict[str, dict[str, Any]] = environ.var(
        "",
        converter=channels,
        help="Accounts in Mastodon and Bluesky by names of yours, in JSON, each with its token or "
        "the file that holds it: see `docs/operators/social.md`. Empty means none.",
    )
    security_contact: str = environ.var(
        "", help="mailto: or https: address for /.well-known/security.txt."
    )
    translator: dict[str, Any] | None = environ.var(
        "",
        converter=_translator,
        help='{"CLASS": "…", "OPTIONS": {…}} in JSON names a machine translator; empty means none. '
        "What it writes is marked until a person has checked it.",
    )
    trusted_proxies: int = environ.var(
        "0", converter=_proxies, help="How many proxies stand in front and set X-Forwarded-For."
    )
    check_links: bool = environ.var(
        "yes",
        converter=_yes_or_no("CHECK_LINKS"),
        help="yes or no: whether the worker asks now and then if links of pages still answer. "
        "Only in production.",
    )
    country: str = environ.var(
        "BE",
        converter=_country,
        help="Two letters of the country whose figures stand beside those of the EU.",
    )
    load_statistics: bool = environ.var(
        "no",
        converter=_yes_or_no("LOAD_STATISTICS"),
        help="yes or no: whether the worker fetches figures from Eurostat when they are due.",
    )
    keep_pages: bool = environ.var(
        "no",
        converter=_yes_or_no("KEEP_PAGES"),
        help="yes or no: whether finished pages are kept in memory and given ahead of Django. With "
        "PostgreSQL also on several machines: see `docs/operators/machines.md`.",
    )
    page_files: Path | None = environ.var(
        "",
        converter=lambda text: Path(text).expanduser().resolve() if text else None,
        help="A folder in which kept pages lie as files too, for nginx to give alone; nginx has to "
        "be allowed to read it, on the same machine. Empty means none. Needs "
        "CONTACTPOINT_KEEP_PAGES; see `docs/operators/nginx.md`.",
    )
    registrations_kept_days: int = environ.var(
        "30",
        converter=_days("REGISTRATIONS_KEPT_DAYS"),
        help="So many days after an event the worker deletes who had registered for it.",
    )
    respondents_kept_days: int = environ.var(
        "30",
        converter=_days("RESPONDENTS_KEPT_DAYS"),
        help="So many days after a survey has ended the worker deletes whom it had asked, and what "
        "was never sent.",
    )
    guidance_neutral_titles: bool = environ.var(
        "no",
        converter=_yes_or_no("GUIDANCE_NEUTRAL_TITLES"),
        help="yes or no: whether the titles of guidance pages, which a browser keeps in its "
        "history, tell nothing.",
    )
    guidance_computer_voice: tuple[str, ...] = environ.var(
        "",
        converter=_voices,
        help="Languages between commas, such as `ar,fa`, in which the computer reads guidance "
        "pages aloud where no person has; of `ar de en es fa fr nl ru sq tr uk`. The worker needs "
        "espeak-ng and ffmpeg: see `docs/operators/guidance-audio.md`.",
    )
    quick_exit_url: str = environ.var(
        "https://www.wikipedia.org/",
        converter=_elsewhere,
        help="The https address to which guidance pages lead whoever has to leave at once; better "
        "a site that everybody opens now and then.",
    )
    log_level: str = environ.var(
        "INFO", converter=_log_level, help="DEBUG, INFO, WARNING or ERROR."
    )
    log: str = environ.var(
        "lines",
        converter=_log,
        help="How the log is written to the standard error: `lines` for people, or `json`, an "
        "object a line for programs: see `docs/operators/watching.md`.",
    )
    metrics_token: str = environ.var(
        "",
        converter=_metrics_token,
        help="At least 20 characters that Prometheus sends to read `/metrics`; empty means that "
        "nobody does, and that there is no such address.",
    )


def load() -> Settings:
    """Read the environment; a value that can't be read is a `ValueError` that names it."""
    return cast(Settings, environ.to_config(Settings))
