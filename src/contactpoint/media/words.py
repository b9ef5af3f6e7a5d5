"""What the library for sound and film says in the admin, for languages in which it says nothing.

It has no Dutch words; named here, they stand in the portal's own catalogue.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

WORDS: Final = (
    _("Add audio"),
    _("Add video"),
    _("Add audio or video"),
    _("Are you sure you want to delete this media file?"),
    _("Audio file"),
    _("Change media file:"),
    _("Choose a media item"),
    _("Choose another audio item"),
    _("Choose another media item"),
    _("Choose another video"),
    _("Choose audio"),
    _("Choose video"),
    _("Delete media file"),
    _("Duration in seconds"),
    _("Edit this audio item"),
    _("Edit this media item"),
    _("Edit this video"),
    _("Latest media"),
    _("Media file '{0}' added."),
    _("Media file '{0}' deleted."),
    _("Media file '{0}' updated"),
    _("Search media"),
    _("Search media files"),
    _("The media could not be saved due to errors."),
    _("The media file could not be saved due to errors."),
    _("Upload Audio"),
    _("Upload Video"),
    _("Uploaded"),
    _("Video file"),
)
