"""Where the pages of the network stand."""


def institution_url(slug: str, language: str) -> str:
    """The page of an institution in a language."""
    return f"/{language}/network/{slug}/"
