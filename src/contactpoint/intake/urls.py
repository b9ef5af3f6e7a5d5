"""The addresses of the old site, and the front door that stands beside them."""

from django.urls import URLPattern, URLResolver, path, re_path

from contactpoint.intake.legacy import TABLE, front_door, old_address


def _pattern(parts: tuple[str, ...]) -> str:
    """`("news", "<slug>")` as an expression, with or without a slash at its end."""
    return (
        "^"
        + "/".join(f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("<") else part for part in parts)
        + "/?$"
    )


urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door, name="front-door"),
    *(re_path(_pattern(parts), old_address) for parts, _resolve in TABLE),
]
