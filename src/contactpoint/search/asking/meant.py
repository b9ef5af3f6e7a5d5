"""What words of a question mean: a term of the glossary, a place, a kind, or an everyday word."""

from dataclasses import dataclass, field

from contactpoint.search.meanings import GLOSSARY, WORDS, token


@dataclass(frozen=True, slots=True)
class Meant:
    """A concept in the question, of the glossary, a place or a kind of thing; `whole` is False
    where it is a part of a word, `guessed` True where there is a slip in the word, which the
    `label` that was meant has not. `names` are its preferred labels as (language, text).
    `in_own_words` is True where people ask for it in words that are no name of it, such as *gezin
    laten overkomen*: a part of them says nothing."""

    slug: str
    scheme: str
    text: str
    language: str
    start: int
    end: int
    whole: bool = True
    guessed: bool = False
    names: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    in_own_words: bool = False
    label: str = field(default="", compare=False)

    @property
    def is_notion(self) -> bool:
        """Whether words of its name say something of it; those of an institution's name do not."""
        return self.scheme in (GLOSSARY, WORDS)

    @property
    def token(self) -> str:
        """As what it stands in the index."""
        return token(self.scheme, self.slug)
