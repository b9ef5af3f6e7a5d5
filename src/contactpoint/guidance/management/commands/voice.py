"""`contactpoint voice status|speak`: what can be heard, and letting the computer speak."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.guidance.heard.covering import states
from contactpoint.guidance.heard.keeping import speak
from contactpoint.guidance.heard.voices import is_wanted, lacking
from contactpoint.guidance.languages import languages
from contactpoint.guidance.models import GuideText


class Command(BaseCommand):
    """For an operator who has just switched a voice on or off, or changed the software."""

    help = "Say what of guidance can be heard, or let the computer say what it has not said yet."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        status = actions.add_parser("status", help="Pages by who speaks, a line a language.")
        status.add_argument("--json", action="store_true")
        speaking = actions.add_parser(
            "speak",
            help="Make what is lacking, where CONTACTPOINT_GUIDANCE_COMPUTER_VOICE says so.",
        )
        speaking.add_argument("--language", default="", help="Only this one.")
        speaking.add_argument("--guide", default="", help="Only this one, by its code.")

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "status":
            self._status(as_json=options["json"])
        else:
            self._speak(options["language"], options["guide"])

    def _status(self, *, as_json: bool) -> None:
        counted = {
            language: dict.fromkeys(("human", "computer", "outdated", "none"), 0)
            for language in languages()
        }
        for (_guide, language), state in states().items():
            if language in counted:
                counted[language][state] += 1
        if as_json:
            self.stdout.write(json.dumps(counted))
            return
        self.stdout.write("language  human  computer  outdated  none  voice")
        for language, row in counted.items():
            wanted = "on" if is_wanted(language) else "off"
            self.stdout.write(
                f"{language:<8}{row['human']:>7}{row['computer']:>10}{row['outdated']:>10}"
                f"{row['none']:>6}  {wanted}"
            )
        if why := lacking():
            self.stdout.write(why)

    def _speak(self, language: str, guide: str) -> None:
        if language and not is_wanted(language):
            raise CommandError(
                f"The computer's voice is off for {language!r}: add it to "
                "CONTACTPOINT_GUIDANCE_COMPUTER_VOICE, if it is one that has a voice."
            )
        if why := lacking():
            raise CommandError(why)
        texts = GuideText.objects.filter(live=True).order_by("language", "guide__sort_order")
        texts = texts.filter(language=language) if language else texts
        texts = texts.filter(guide__code=guide) if guide else texts
        began, made, forgotten = time.monotonic(), 0, 0
        for text in texts.select_related("guide"):
            one, other = speak(text.guide_id, text.language)
            made, forgotten = made + one, forgotten + other
            if one:
                self.stdout.write(f"{text.language} {text.guide.code}: {one}")
                self.stdout.flush()
        seconds = round(time.monotonic() - began)
        self.stdout.write(f"{made} sounds made in {seconds} s, {forgotten} forgotten.")
