"""The translators' desk compares texts, and keeps nothing of who wrote them."""

from contactpoint.kit.persons import no_persons

no_persons("languages.Original languages.Standing")
