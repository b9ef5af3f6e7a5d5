"""What each role may do: the least that its work needs. Here, because only `config` knows all apps.

`accounts.roles` makes the groups be exactly this after every `migrate`; permissions are
`app.codename`, and `*` stands for any rest. A site that
wants another role makes a group of its own.
"""

from typing import TypedDict


class Role(TypedDict):
    """Rights of one group."""

    permissions: list[str]
    pages: list[str]
    files: list[str]


# Wagtail asks for the rights of its own image and document model, whatever model replaces it.
_FILES = [
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailmedia.add_media", "wagtailmedia.change_media"),
]
_WORK = [
    "wagtailadmin.access_admin",
    *("intake.view_*", "intake.add_importrun", "intake.change_*"),
    *("glossary.view_*", "network.view_*", "glossary.add_decision"),
    *("search.view_askedquestion", "search.view_lookedfor", "search.change_lookedfor"),
    *("search.*_pin", "search.add_unsuggested"),
    *("outputs.view_family", "outputs.add_family", "outputs.change_family"),
    "outputs.*_plannedoutput",
    "outputs.*_correction",
    "dissemination.*_issue",
    "dissemination.*_post",
    *("consultations.*_instrument", "consultations.*_round", "consultations.view_seat"),
    *("guidance.view_*", "guidance.*_place", "guidance.add_guide", "guidance.change_guide"),
    *("guidance.add_guidetheme", "guidance.change_guidetheme"),
    *(f"guidance.{verb}_guidetext" for verb in ("add", "change", "publish", "lock", "unlock")),
    *("api.view_proposal", "api.change_proposal"),
    "wagtail_localize.submit_translation",
    "accounts.write_originals",
]

ROLES: dict[str, Role] = {
    "Editors": {
        "permissions": _WORK,
        "pages": ["add_page", "change_page", "publish_page"],
        "files": _FILES,
    },
    # Writes for an institution: drafts of its outputs, which an editor publishes.
    "Contributors": {
        "permissions": [
            "wagtailadmin.access_admin",
            "accounts.write_originals",
            *("glossary.view_*", "network.view_*"),
        ],
        "pages": ["add_page"],
        "files": [name for name in _FILES if ".change_" not in name],
    },
    # Without the right to write originals: changes translations, which an editor publishes.
    "Translators": {
        "permissions": [
            "wagtailadmin.access_admin",
            *("glossary.view_*", "network.view_*"),
            *("guidance.view_*", "guidance.add_guidetext", "guidance.change_guidetext"),
            "wagtail_localize.submit_translation",
        ],
        "pages": ["change_page"],
        "files": ["wagtailimages.choose_image", "wagtaildocs.choose_document"],
    },
    # Prepares the next version of the glossary; an administrator publishes it.
    "Glossary editors": {
        "permissions": [
            "wagtailadmin.access_admin",
            *("glossary.view_*", "network.view_*"),
            *("glossary.add_concept", "glossary.change_concept"),
        ],
        "pages": [],
        "files": [],
    },
    # Answer for a state in the room of the consultations: no right of the admin, not even to enter.
    # Which state, and whether they send, is told by their seats.
    "Contact points of states": {"permissions": [], "pages": [], "files": []},
    "Administrators": {
        "permissions": [
            *_WORK,
            *("glossary.*", "network.*", "intake.*", "guidance.*"),
            "outputs.*_family",
            "consultations.*_seat",
            *("accounts.add_user", "accounts.change_user", "accounts.view_user"),
            "wagtailredirects.*",
            "api.*_apitoken",
            # Addresses of followers are seen and erased; nobody makes or changes them.
            *("dissemination.view_subscriber", "dissemination.delete_subscriber"),
        ],
        "pages": ["add_page", "change_page", "publish_page", "bulk_delete_page", "unlock_page"],
        "files": [
            *_FILES,
            "wagtailimages.delete_image",
            "wagtaildocs.delete_document",
            "wagtailmedia.delete_media",
            # Wagtail asks for these at a place in the tree of collections, never of the person.
            *(f"wagtailcore.{verb}_collection" for verb in ("add", "change", "delete")),
        ],
    },
}
