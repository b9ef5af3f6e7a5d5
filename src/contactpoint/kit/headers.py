"""The headers that every answer carries: one policy for readers, one for the admin, one for files.

Public pages need neither nonce nor exception, so they can be kept and served as they are. Wagtail's
admin writes scripts into its pages (choosers, dates, panels) and styles in scripts, so its policy
is wider; handlers in attributes, which is what smuggled markup mostly brings, are refused there
too, and the second factor stands before it.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase

SHARED = {
    "base-uri": "'none'",
    "form-action": "'self'",
}
PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    **SHARED,
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
ADMIN = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline'",
    "script-src-attr": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "frame-src": "'self'",
    **SHARED,
    "frame-ancestors": "'self'",
}
EMBED = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "*",
}
FILE = {"default-src": "'none'", "sandbox": "", "frame-ancestors": "'none'"}

SENSORS = (
    *("accelerometer", "autoplay", "camera"),
    *("browsing-topics", "display-capture", "encrypted-media", "fullscreen"),
    *("gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial"),
    *("speaker-selection", "storage-access", "usb", "window-management"),
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{sensor}=()" for sensor in SENSORS)
WITH_FULL_SCREEN = PERMISSIONS.replace("fullscreen=()", "fullscreen=(self)")
"""For pages with a film of ours."""
FILES = ("/media/", "/documents/")
FONTS = "/static/kit/fonts/"
PARTS_AT = ("/static/", "/css/")
PARTS = ("font/", "text/css", "text/javascript")
"""Never a document of their own: what a browser would ask of a page doesn't hold for them, and a
kilobyte of headers with each of them is felt on a slow line."""
PICTURES_AT = ("/static/", "/media/")
"""Pictures may be opened by themselves, also those that could run something, but in a sandbox."""
SHOWN = ("image/", "audio/", "video/")
PERSONAL = ("/account/", "/admin/")
VIEW = "contactpoint.view"
"""Where a request holds the module whose view answered it."""


def policy(directives: Mapping[str, str]) -> str:
    """One Content-Security-Policy."""
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


PUBLIC_POLICY = policy(PUBLIC)
ADMIN_POLICY = policy(ADMIN)
FILE_POLICY = policy(FILE)
PART_POLICY = policy({"default-src": "'none'", "frame-ancestors": "'none'"})
NARROW_POLICY = policy({"default-src": "'none'", **SHARED, "frame-ancestors": "'self'"})
"""What the admin answers that is no page of Wagtail's: files, data, the way to another address."""
REDIRECTS = (301, 302, 303, 307, 308)
EMBED_POLICY = policy(EMBED)
"""A page made for the frames of other sites: it only shows, and runs nothing. A view that answers
with one says so by this policy."""
PREVIEW_POLICY = policy(PUBLIC | {"frame-ancestors": "'self'"})
"""A page as readers would get it, in a frame of the admin, where Wagtail asks for it."""


class SecurityHeadersMiddleware:
    """Outermost, so that refusals and errors carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None:
            request.META[VIEW] = match.func.__module__
        path = request.path_info
        headers = response.headers
        kind = headers.get("Content-Type", "")
        is_part = path.startswith(PARTS_AT) and kind.startswith(PARTS)
        if is_part:
            headers.setdefault("Content-Security-Policy", PART_POLICY)
            headers.pop("Cross-Origin-Opener-Policy", None)
        elif path.startswith(PICTURES_AT) and kind.startswith("image/"):
            headers.setdefault("Content-Security-Policy", FILE_POLICY)
        else:
            headers.setdefault("Permissions-Policy", PERMISSIONS)
        # Pages in frames of other sites are sandboxed, and so of no origin.
        whose = "cross-origin" if path.startswith(FONTS) else "same-origin"
        headers.setdefault("Cross-Origin-Resource-Policy", whose)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if path.startswith("/admin/"):
            preview = headers.get("Content-Security-Policy") == PUBLIC_POLICY
            is_page = kind.startswith("text/html") and response.status_code not in REDIRECTS
            wide = ADMIN_POLICY if is_page else NARROW_POLICY
            headers["Content-Security-Policy"] = PREVIEW_POLICY if preview else wide
            headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            files = path.startswith(FILES)
            if files:
                # Wagtail's own for documents is narrower in nothing, and knows no sandbox.
                headers["Content-Security-Policy"] = FILE_POLICY
                _leave_out_no_encoding(response)
            headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
            if not is_part and headers["Content-Security-Policy"] != EMBED_POLICY:
                headers.setdefault("X-Frame-Options", "DENY")
            if files and response.status_code in (200, 206):
                _download_what_is_not_shown(response)
        if path.startswith(PERSONAL):
            headers["Cache-Control"] = "no-store"
        elif kind.startswith("text/html"):
            # What is taken off the web is gone for everybody at once, whatever stands between.
            headers.setdefault("Cache-Control", "no-cache")
        return response


def _leave_out_no_encoding(response: HttpResponseBase) -> None:
    """Wagtail sends the word None where a document has no encoding; proxies stumble over it."""
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]


def _download_what_is_not_shown(response: HttpResponseBase) -> None:
    """Anything but a picture, sound or film is saved, never opened as part of this site."""
    kind = response.headers.get("Content-Type", "")
    is_scriptable_picture = kind.startswith("image/svg")
    if kind.startswith(SHOWN) and not is_scriptable_picture:
        return
    disposition = response.headers.get("Content-Disposition", "")
    rest = disposition.partition(";")[2]
    response.headers["Content-Disposition"] = f"attachment;{rest}" if rest else "attachment"
