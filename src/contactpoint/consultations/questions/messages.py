"""What is said of an answer that can't be taken, where the instrument has no words of its own.

They stand here, not in the portal's catalogues, because this part knows no Django and a respondent
may read a language that the portal's own pages don't have; such a one gets English.
"""

from enum import StrEnum
from typing import Final

from contactpoint.consultations.questions.definition import Texts, said


class Problem(StrEnum):
    """Why an answer can't be taken."""

    MISSING = "missing"
    NO_NUMBER = "no-number"
    NO_WHOLE_NUMBER = "no-whole-number"
    NO_DATE = "no-date"
    TOO_LONG = "too-long"
    NO_CHOICE = "no-choice"
    TWICE = "twice"
    NO_ROW = "no-row"
    ROWS_MISSING = "rows-missing"
    NO_COUNTRY = "no-country"
    CONSTRAINT = "constraint"
    WRONG_SHAPE = "wrong-shape"


MESSAGES: Final[dict[Problem, Texts]] = {
    Problem.MISSING: {
        "en": "Please answer this question.",
        "fr": "Veuillez répondre à cette question.",
        "nl": "Beantwoord deze vraag.",
        "de": "Bitte beantworten Sie diese Frage.",
    },
    Problem.NO_NUMBER: {
        "en": "Write a number, such as 12 or 12.5.",
        "fr": "Écrivez un nombre, par exemple 12 ou 12,5.",
        "nl": "Schrijf een getal, bijvoorbeeld 12 of 12,5.",
        "de": "Schreiben Sie eine Zahl, zum Beispiel 12 oder 12,5.",
    },
    Problem.NO_WHOLE_NUMBER: {
        "en": "Write a whole number, such as 12.",
        "fr": "Écrivez un nombre entier, par exemple 12.",
        "nl": "Schrijf een geheel getal, bijvoorbeeld 12.",
        "de": "Schreiben Sie eine ganze Zahl, zum Beispiel 12.",
    },
    Problem.NO_DATE: {
        "en": "Write a date that exists, such as 2019-05-31.",
        "fr": "Écrivez une date qui existe, par exemple 2019-05-31.",
        "nl": "Schrijf een datum die bestaat, bijvoorbeeld 2019-05-31.",
        "de": "Schreiben Sie ein Datum, das es gibt, zum Beispiel 2019-05-31.",
    },
    Problem.TOO_LONG: {
        "en": "The answer is too long. Shorten it to {most} characters at most.",
        "fr": "La réponse est trop longue. Raccourcissez-la à {most} caractères au maximum.",
        "nl": "Het antwoord is te lang. Kort het in tot hoogstens {most} tekens.",
        "de": "Die Antwort ist zu lang. Kürzen Sie sie auf höchstens {most} Zeichen.",
    },
    Problem.NO_CHOICE: {
        "en": "This choice is not offered. Choose one of those that are shown.",
        "fr": "Ce choix n’est pas proposé. Choisissez parmi ceux qui sont affichés.",
        "nl": "Deze keuze wordt niet aangeboden. Kies een van de getoonde.",
        "de": "Diese Auswahl wird nicht angeboten. Wählen Sie eine der gezeigten.",
    },
    Problem.TWICE: {
        "en": "Each choice can have one place only.",
        "fr": "Chaque choix ne peut avoir qu’une place.",
        "nl": "Elke keuze kan maar één plaats hebben.",
        "de": "Jede Auswahl kann nur einen Platz haben.",
    },
    Problem.NO_ROW: {
        "en": "This row is not asked.",
        "fr": "Cette ligne n’est pas demandée.",
        "nl": "Deze rij wordt niet gevraagd.",
        "de": "Diese Zeile wird nicht gefragt.",
    },
    Problem.ROWS_MISSING: {
        "en": "Please answer in each row.",
        "fr": "Veuillez répondre à chaque ligne.",
        "nl": "Antwoord in elke rij.",
        "de": "Bitte antworten Sie in jeder Zeile.",
    },
    Problem.NO_COUNTRY: {
        "en": "Choose a country from the list.",
        "fr": "Choisissez un pays dans la liste.",
        "nl": "Kies een land uit de lijst.",
        "de": "Wählen Sie ein Land aus der Liste.",
    },
    Problem.CONSTRAINT: {
        "en": "This answer is not possible here. Please check it.",
        "fr": "Cette réponse n’est pas possible ici. Veuillez la vérifier.",
        "nl": "Dit antwoord is hier niet mogelijk. Kijk het na.",
        "de": "Diese Antwort ist hier nicht möglich. Bitte prüfen Sie sie.",
    },
    Problem.WRONG_SHAPE: {
        "en": "This answer can’t be read. Please answer again.",
        "fr": "Cette réponse ne peut être lue. Veuillez répondre à nouveau.",
        "nl": "Dit antwoord kan niet gelezen worden. Antwoord opnieuw.",
        "de": "Diese Antwort kann nicht gelesen werden. Bitte antworten Sie erneut.",
    },
}


class Message(str):
    """A text for who answers; `lang` is its language, which need not be theirs."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "") -> "Message":
        """Text, with its language."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def message(problem: Problem, language: str, own: Texts | None = None, most: int = 0) -> Message:
    """The instrument's own words, in the language or another: they say more than ours would."""
    found = said(own or {}, language)
    if not found.text:
        found = said(MESSAGES[problem], language)
    text = found.text.replace("{most}", str(most))
    return Message(text, found.language)
