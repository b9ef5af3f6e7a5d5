"""Where editors see what is heard, hear it, and put a person's voice in.

A recording is live at once, so it takes the right to publish texts. An uploaded file is hostile:
its first bytes say how it is read, it is decoded apart, and nothing of it is kept but the sound.
"""

import tempfile
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contactpoint.accounts.models import User
from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.heard import sounding
from contactpoint.guidance.heard.covering import states
from contactpoint.guidance.heard.keeping import Kind, current, forget, keep
from contactpoint.guidance.heard.playing import heard_of
from contactpoint.guidance.heard.playing import told as size_told
from contactpoint.guidance.heard.programs import MissingError
from contactpoint.guidance.heard.saying import Saying, places_of, sayings
from contactpoint.guidance.heard.sounding import LARGEST, LONGEST_SECONDS, NoSoundError, Sounded
from contactpoint.guidance.heard.voices import lacking
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import GuideText, Recording
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.headers import PERMISSIONS
from contactpoint.media.formats.recorded import ENOUGH, kind_of

STATES: Final = {
    "outdated": gettext_lazy("Out of date"),
    "none": gettext_lazy("No sound, or not everywhere"),
    "computer": gettext_lazy("A computer speaks"),
    "human": gettext_lazy("A person speaks"),
}
"""What is told of a text, in the order in which there is something to do."""
PROBLEMS: Final = {
    "kind": gettext_lazy("This is no sound. Save it as MP3, M4A, Ogg, WebM or WAV."),
    "broken": gettext_lazy("This file is damaged or holds no sound. Save it again."),
    "silent": gettext_lazy("Nothing can be heard in it. Is the microphone switched on?"),
    "long": gettext_lazy("It is longer than %(minutes)s minutes. Record block by block."),
    "large": gettext_lazy("It is larger than %(megabytes)s MB. Save it as MP3."),
    "changed": gettext_lazy("The words have changed meanwhile. Read the new ones, record again."),
    "missing": gettext_lazy("No file was sent. Choose one."),
}
WITH_MICROPHONE: Final = PERMISSIONS.replace("microphone=()", "microphone=(self)")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every live text and who speaks in it; what is out of date stands first."""
    _allowed(request)
    texts = GuideText.objects.filter(live=True).select_related("guide")
    chosen = request.GET.get("language", "")
    shown = texts.filter(language__in={chosen, SOURCE}) if chosen in languages() else texts
    told = states(shown)
    order = list(STATES)
    rows = sorted(
        (
            {"text": text, "state": told[text.guide.code, text.language]}
            for text in shown
            if chosen not in languages() or text.language == chosen
        ),
        key=lambda row: order.index(str(row["state"])),
    )
    context = framed(
        _("Sound of guidance"),
        ("", _("Guidance")),
        rows=[row | {"label": STATES[str(row["state"])]} for row in rows],
        languages=languages().values(),
        chosen=chosen,
        lacking=lacking(),
    )
    return render(request, "guidance/heard/admin/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sounds(request: HttpRequest, pk: int) -> HttpResponse:
    """The blocks of a live text with their words; each can be heard and recorded."""
    _allowed(request)
    text = get_object_or_404(GuideText.objects.select_related("guide"), pk=pk, live=True)
    problem: dict[str, Any] = {}
    if request.method == "POST":
        said = _saying(text, request.POST.get("block", ""))
        wrong = _take(request, text, said)
        if not wrong:
            messages.success(request, _("Readers hear it now."))
            response = redirect("guidance_sounds", pk)
            response["Location"] += f"#{request.POST.get('block', '')}"
            return response
        problem = {"block": request.POST.get("block", ""), "said": wrong}
    source, places, own = _around(text)
    heard = heard_of(text, source, Addresses(text.language))
    rows = [
        {
            "said": said,
            "best": best,
            "is_old": is_old,
            "sound": heard.sounds.get(said.block),
            "size": size_told(best.mp3_size, get_language() or SOURCE) if best else "",
        }
        for said, best, is_old in current(text, source, places, own)
    ]
    context = framed(
        str(text),
        ("guidance_sound", _("Sound of guidance")),
        text=text,
        rows=rows,
        problem=problem,
        direction=languages()[text.language].direction,
    )
    page = render(
        request, "guidance/heard/admin/sounds.html", context, status=422 if problem else 200
    )
    page["Permissions-Policy"] = WITH_MICROPHONE
    return page


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a person has said of a block, whatever its words were."""
    _allowed(request)
    text = get_object_or_404(GuideText, pk=pk, live=True)
    gone = forget(
        Recording.objects.filter(
            guide=text.guide_id,
            language=text.language,
            block=request.POST.get("block", ""),
            kind=Kind.HUMAN,
        )
    )
    if gone:
        messages.success(request, _("It is heard no longer."))
    return redirect("guidance_sounds", pk)


def _allowed(request: HttpRequest) -> None:
    if not request.user.has_perm("guidance.publish_guidetext"):
        raise PermissionDenied


def _around(text: GuideText) -> tuple[GuideText | None, Any, list[Recording]]:
    source = GuideText.objects.filter(guide=text.guide_id, language=SOURCE, live=True).first()
    own = Recording.objects.filter(guide=text.guide_id, language=text.language)
    return source, places_of([text, source]), list(own)


def _saying(text: GuideText, block: str) -> Saying | None:
    source, places, _own = _around(text)
    return next((one for one in sayings(text, source, places) if one.block == block), None)


def _take(request: HttpRequest, text: GuideText, said: Saying | None) -> str:
    """Keep what was sent as the sound of these words; else a sentence that tells the mend."""
    file = request.FILES.get("file")
    if said is None or said.digest != request.POST.get("digest"):
        return str(PROBLEMS["changed"])
    try:
        sound = _sound(file)
    except NoSoundError as error:
        return str(PROBLEMS[error.problem]) % {
            "minutes": LONGEST_SECONDS // 60,
            "megabytes": LARGEST // 1024**2,
        }
    except MissingError as error:
        return str(error)
    keep(text, said, Kind.HUMAN, sound, cast(User, request.user))
    forget(
        Recording.objects.filter(
            guide=text.guide_id, language=text.language, block=said.block, kind=Kind.HUMAN
        ).exclude(digest=said.digest)
    )
    return ""


def _sound(file: UploadedFile | None) -> Sounded:
    if not file:
        raise NoSoundError("missing")
    if (file.size or 0) > LARGEST:
        raise NoSoundError("large")
    with tempfile.TemporaryFile() as real:
        for chunk in file.chunks():
            real.write(chunk)
        real.seek(0)
        head = real.read(ENOUGH)
        is_wave = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
        return sounding.taken(real, "audio/wav" if is_wave else kind_of(head))
