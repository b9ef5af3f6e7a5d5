"""One question: how often it was asked, and what an editor can do about it."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.glossary.deciding import LabelTakenError
from contactpoint.glossary.languages import name_within
from contactpoint.glossary.models import Concept, Decision
from contactpoint.glossary.models.decisions import key_of
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.admin_pages import framed
from contactpoint.outputs.worklist import may_map
from contactpoint.search.desk import frame
from contactpoint.search.desk.forms import AnswerForm, SynonymForm
from contactpoint.search.desk.pinning import PinError, pin_page
from contactpoint.search.desk.rights import (
    DECIDE,
    SEE_ASKED,
    SEE_LOOKED_FOR,
    WITHHOLD,
    may_pin,
    require,
)
from contactpoint.search.desk.synonyms import SynonymError, add_synonym
from contactpoint.search.models import AskedQuestion, LookedFor, Pin, Unsuggested
from contactpoint.search.noticing.repeated import forget

MOST_DAYS: Final = 60
LONGEST: Final = 80


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """`q` in `language`, with its days; a POST says `action` and its fields."""
    user = request.user
    require(user.has_perm(SEE_ASKED) or user.has_perm(SEE_LOOKED_FOR))
    words = " ".join(request.GET.get("q", "").split())[:LONGEST]
    language = request.GET.get("language", "")
    if not any(sign.isalnum() for sign in words) or language not in dict(settings.LANGUAGES):
        raise BadRequest("No such question.")
    answer = AnswerForm() if may_pin(user) else None
    synonym = SynonymForm(language=language) if may_map(user) else None
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "answer":
            require(may_pin(user))
            answer = AnswerForm(request.POST)
            if _answer(request, answer, words, language):
                return _again(words, language)
        elif action == "synonym":
            require(may_map(user))
            synonym = SynonymForm(request.POST, language=language)
            if _synonym(request, synonym, words):
                return _again(words, language)
        elif action in ("withhold", "suggest"):
            require(user.has_perm(WITHHOLD))
            _withhold(request, words, language, action == "withhold")
            return _again(words, language)
        else:
            raise BadRequest("No such action.")
    return _page(request, words, language, answer, synonym)


def _answer(request: HttpRequest, form: AnswerForm, words: str, language: str) -> bool:
    if not form.is_valid():
        return False
    page = form.cleaned_data["page"]
    try:
        pin_page(words, language, page, user=request.user)  # type: ignore[arg-type]
    except PinError as problem:
        form.add_error("page", str(problem))
        return False
    messages.success(request, _("“%(page)s” stands first now.") % {"page": page.title})
    return True


def _synonym(request: HttpRequest, form: SynonymForm, words: str) -> bool:
    if not form.is_valid():
        return False
    concept, language = form.cleaned_data["concept"], form.cleaned_data["language"]
    told = {"words": words, "concept": concept.label}
    try:
        mapped = add_synonym(words, concept, language=language, user=request.user)
    except SynonymError as problem:
        form.add_error(None, str(problem))
        return False
    except LabelTakenError as taken:
        others = ", ".join(other.label for other in taken.others)
        text = _("“%(words)s” is a label of %(concepts)s already.")
        form.add_error("concept", text % {"words": taken.words, "concepts": others})
        return False
    if mapped.learnt:
        told["language"] = name_within(language, get_language() or "en")
        text = _(
            "“%(words)s” means %(concept)s in %(language)s: the search knows it now, and the draft "
            "of the glossary's next version has it as a hidden label."
        )
    else:
        text = _("“%(words)s” is a label of %(concept)s already.")
    messages.success(request, text % told)
    return True


def _withhold(request: HttpRequest, words: str, language: str, is_withheld: bool) -> None:
    folded = key_of(words)
    if is_withheld:
        Unsuggested.objects.get_or_create(folded=folded, language=language)
        text = _("It is not suggested to readers any more.")
    else:
        Unsuggested.objects.filter(folded=folded, language=language).delete()
        text = _("It may be suggested to readers again.")
    forget()
    messages.success(request, text)


def _again(words: str, language: str) -> HttpResponse:
    return HttpResponseRedirect(frame.question_url(words, language))


def _page(
    request: HttpRequest,
    words: str,
    language: str,
    answer: AnswerForm | None,
    synonym: SynonymForm | None,
) -> HttpResponse:
    user = request.user
    is_same = {"folded": key_of(words), "language": language}
    counts = AskedQuestion.objects.filter(**is_same).exclude(words="").order_by("-day")
    shows_counts, shows_wishes = user.has_perm(SEE_ASKED), user.has_perm(SEE_LOOKED_FOR)
    above = ("search_asked", _("What was asked")) if shows_counts else None
    above = above or ("search_looked_for", _("Looked for"))
    is_wrong = any(form is not None and form.is_bound for form in (answer, synonym))
    context = framed(
        words,
        above,
        words=words,
        language=language,
        language_name=name_within(language, get_language() or "en"),
        days=counts[:MOST_DAYS] if shows_counts else [],
        looked_for=LookedFor.objects.filter(**is_same).first() if shows_wishes else None,
        may_decide=user.has_perm(DECIDE),
        pin=Pin.objects.filter(folded=is_same["folded"], language__in=("", language)).last(),
        pin_url=_pin_url(words, language),
        understood=_understood(words, language),
        decision=Decision.objects.filter(source=Decision.Source.WORKLIST, key=is_same["folded"])
        .exclude(concept=None)
        .select_related("concept")
        .first(),
        answer_form=answer,
        synonym_form=synonym,
        may_withhold=user.has_perm(WITHHOLD),
        is_withheld=Unsuggested.objects.filter(**is_same).exists(),
        search_url=f"/{language}/search/?{urlencode({'q': words})}",
        media=sum((form.media for form in (answer, synonym) if form), start=Media()),
    )
    return render(request, "search/admin/question.html", context, status=422 if is_wrong else 200)


def _pin_url(words: str, language: str) -> str:
    query = urlencode({"question": words, "language": language})
    return f"{reverse('pinned_results:add')}?{query}"


def _understood(words: str, language: str) -> list[str]:
    """Labels of the concepts that the search sees in the question."""
    known = vocabulary()
    notes = known.annotate(words, schemes=["glossary"]) + known.learnt_in(words, language)
    rows = Concept.objects.filter(slug__in={note.concept for note in notes})
    return sorted({row.label for row in rows})
