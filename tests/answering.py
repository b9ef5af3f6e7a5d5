"""Somebody who answers a survey as a browser without script does, by what stands on the pages."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from contactpoint.consultations.models import PersonalLink, Respondent, Round
from contactpoint.consultations.secret_links import digest_of_who, new_secret

FORM = "application/x-www-form-urlencoded"


class Reader:
    """One browser; `page` is what it shows, `path` where."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.language = language
        self.path = ""
        self.answer: Any = HttpResponse()

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.answer.content)

    @property
    def text(self) -> str:
        return " ".join(self.page.body.text(separator=" ").split()) if self.page.body else ""

    @property
    def heading(self) -> str:
        found = self.page.css_first("h1")
        return " ".join(found.text().split()) if found else ""

    def open(self, path: str) -> "Reader":
        return self._shown(self.client.get(path), path)

    def begin(self, round: Round) -> "Reader":
        self.open(f"/{self.language}/consultations/{round.code}/answer/")
        return self.press()

    def follow(self, round: Round, secret: str) -> "Reader":
        return self.open(f"/{self.language}/consultations/{round.code}/answer/{secret}/")

    def press(self, to: str = "", /, **filled: Any) -> "Reader":
        """Fill in fields (without their `q-`) and press a button, the first where none is named."""
        path, data = self.form(**filled)
        if to:
            data["to"] = to
        answer = self.client.post(
            path, urlencode(data, doseq=True), content_type=FORM,
            headers={"Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip
        return self._shown(answer, path)

    def form(self, **filled: Any) -> tuple[str, dict[str, Any]]:
        """Where the form goes, and what it would send."""
        form = self.page.css_first("main form")
        assert form is not None, self.text
        data: dict[str, Any] = {}
        for field in form.css("input"):
            kind = field.attributes.get("type")
            name = field.attributes.get("name") or ""
            if kind in ("radio", "checkbox") and "checked" not in field.attributes:
                continue
            if kind != "file" and name:
                data.setdefault(name, []).append(field.attributes.get("value") or "")
        for field in form.css("textarea"):
            data[field.attributes["name"] or ""] = field.text().removeprefix("\n")
        for field in form.css("select"):
            chosen = field.css_first("option[selected]")
            name = field.attributes["name"] or ""
            data[name] = chosen.attributes.get("value", chosen.text()) if chosen else ""
        known = {one.attributes["name"] for one in form.css("[name]")}
        for name, value in filled.items():
            own = name if name in known else f"q-{name}"
            assert own in known, f"{own} is not on the page: {known}"
            data[own] = value
        return form.attributes["action"] or self.path, data

    @property
    def secret(self) -> str:
        """That of the link, as the address shows it."""
        return self.path.split("/answer/")[1].split("/")[0]

    def _shown(self, answer: Any, path: str) -> "Reader":
        for _hop in range(5):
            assert not answer.cookies, "a page of respondents sets no cookie"
            if "/answer/" in path:
                assert "no-store" in answer["Cache-Control"], path
                assert answer["Referrer-Policy"] == "no-referrer"
                assert answer["X-Robots-Tag"] == "noindex"
            if answer.status_code != 303:
                break
            path = answer["Location"].partition("#")[0]
            answer = self.client.get(path)
        self.answer, self.path = answer, path
        return self


def asked_by_link(round: Round, email: str = "", **fields: Any) -> tuple[Respondent, str]:
    """Somebody with a link of their own, and its secret."""
    respondent = Respondent.objects.create(round=round, email=email, **fields)
    return respondent, another_link(respondent)


def another_link(respondent: Respondent) -> str:
    secret = new_secret()
    PersonalLink.objects.create(respondent=respondent, digest=digest_of_who(secret))
    return secret
