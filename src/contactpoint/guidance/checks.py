"""Checks at start: the interface words of every language are whole."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from contactpoint.guidance.heard.voices import lacking
from contactpoint.guidance.languages import SOURCE, WORDS, languages
from contactpoint.guidance.wording import placeholders, words


@register()
def words_are_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each language has the keys and the placeholders of the source."""
    return [
        Error(problem, hint=f"Mend {WORDS.name}/{language}.toml.", id="guidance.E001")
        for language in languages()
        for problem in problems(language)
    ]


@register()
def voices_can_speak(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A voice that is switched on has its programs; pages are whole without, so it is a warning."""
    why = lacking()
    return [Warning(why, hint="See docs/operators/guidance-audio.md.", id="guidance.W001")] * bool(
        why
    )


def problems(language: str) -> list[str]:
    """What is wrong with the words of a language, as sentences."""
    source, own = words(SOURCE), words(language)
    found = [f"{language}.toml lacks “{key}”." for key in source.keys() - own.keys()]
    found += [f"{language}.toml has “{key}”, {SOURCE}.toml hasn't." for key in own.keys() - source]
    for key in source.keys() & own.keys():
        try:
            named = placeholders(own[key])
        except ValueError:
            found.append(f"{language}.toml: “{key}” has a brace without its other half.")
            continue
        if named != placeholders(source[key]):
            expected = ", ".join(f"{{{name}}}" for name in sorted(placeholders(source[key])))
            found.append(f"{language}.toml: “{key}” should have {expected or 'no placeholder'}.")
        if not own[key].strip():
            found.append(f"{language}.toml: “{key}” is empty.")
    return sorted(found)
