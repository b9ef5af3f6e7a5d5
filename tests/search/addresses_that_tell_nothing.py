"""Addresses that no door of `doors` knocks at, and why that is right.

A name that ends in `*` stands for all addresses that begin so.
"""

from typing import Final

_PLUMBING: Final = "The portal itself: style sheets, health, rules for robots; no content."
_SIGNED_IN: Final = "For people with an account: asks who one is, and tells nothing before."
_SECRET: Final = "Opened by a secret in the address, which is tried in the tests of its own app."
_LEGACY: Final = "Leads old addresses on; what they lead to is a door."
_GUIDES: Final = "Knocked at for each guide there is, by guidance_doors; the empty site has none."
_FILES: Final = "Files with a key: `the_file_itself` knocks where a thing has one."
_FIGURES: Final = "Official figures and their names; no thing of the portal is named."
_ROOM: Final = "Only for members of a state, who sign in; tests/consultations/room tries each."
_PROGRAMS: Final = "The interface itself: its description and examples, and what is not there."
_OF_LISTS: Final = (
    "Knocked at for each that a list of the interface names; the empty site has none."
)
_WRITING: Final = "Takes a form; gives back what was sent."

NOTHING: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("", "css/*", "healthz", "readyz", "robots.txt", "favicon.ico", ".well-known/security.txt"),
        _PLUMBING,
    ),
    "metrics": "Numbers, for who has its token: names of views and queues, no thing of the portal.",
    "mail/events": "Takes reports of a mail provider that has its secret; gives nothing back.",
    **dict.fromkeys(("admin/*", "account/*", "en/_util/*", "documents/auth*"), _SIGNED_IN),
    "media/*": _FILES,
    **dict.fromkeys(("id/", "id/<path:rest>"), "Says that there is nothing."),
    "id/reconcile/properties": "Names of properties, not of things.",
    **dict.fromkeys(
        ("^news*", "^nl/*", "^fr/*", "^publication-type*", "^keywords*", "^statelessness*"), _LEGACY
    ),
    **dict.fromkeys(("guidance/", "<guidance:language>/*", "<applicants:language>/*"), _GUIDES),
    **dict.fromkeys(
        ("en/search/opened", "en/search/looked-for/", "en/search/looked-for/sent/"), _WRITING
    ),
    **dict.fromkeys(
        ("en/consultations/room/*", "en/consultations/<slug:code>/network/attachments/*"), _ROOM
    ),
    "en/consultations/<slug:code>/answer/*": _SECRET,
    "en/consultations/<slug:code>/attachments/<slug:reference>/": (
        "Knocked at for each file there is, by consultation_doors; the empty site has none."
    ),
    **dict.fromkeys(
        (
            "en/consultations/<slug:code>/results/",
            "en/consultations/<slug:code>/codebook.csv",
            "en/consultations/<slug:code>/responses.<slug:format>",
        ),
        "Results of surveys: tests/consultations/results tries what is too few to be told.",
    ),
    "en/events/registrations/<str:token>/": _SECRET,
    "en/statistics/*": _FIGURES,
    **dict.fromkeys(
        ("en/glossary/propose/", "en/glossary/<slug:slug>/propose/"),
        _WRITING,
    ),
    "en/glossary/proposals/*": _SECRET,
    **dict.fromkeys(
        ("api/v1/openapi.json", "api/v1/context.jsonld", "api/v1/<path:path>", "en/developers/"),
        _PROGRAMS,
    ),
    "dumps/": "Leads to the page that lists dumps, in the reader's language.",
    "dumps/<path:path>": "Says that there is nothing.",
    **dict.fromkeys(("api/v1/outputs/<str:key>", "api/v1/events/<str:key>"), _OF_LISTS),
    "api/v1/institutions*": (
        "Institutions have pages of their own, whatever becomes of what they have a part in."
    ),
    "api/v1/figures/*": _FIGURES,
    "api/v1/guidance/<str:key>": _GUIDES,
    **dict.fromkeys(("en/follow/", "en/follow/sent/"), _WRITING),
    **dict.fromkeys(("en/follow/confirm/*", "en/follow/mine/*", "en/follow/stop/*"), _SECRET),
}
