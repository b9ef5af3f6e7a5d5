"""People see where they are signed in, end it, and hear of a browser that is new."""

import datetime

import pytest
from accounts.conftest import EMAIL, PASSWORD, code_step, password_step
from accounts.test_passkeys import recently
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from contactpoint.accounts.actions import EditorCredentials
from contactpoint.accounts.devices import forget_devices, name_of
from contactpoint.accounts.models import Device, User

PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"


def sign_in(
    client: Client, editor: EditorCredentials, *, code: int, agent: str = FIREFOX
) -> Client:
    password_step(client, HTTP_USER_AGENT=agent)
    answer = code_step(client, editor.recovery_codes[code], HTTP_USER_AGENT=agent)
    assert answer["Location"] == "/admin/"
    return client


@pytest.fixture
def two(editor: EditorCredentials) -> tuple[Client, Client]:
    here = sign_in(Client(), editor, code=0)
    return here, sign_in(Client(), editor, code=1, agent=SAFARI)


def test_each_browser_is_listed_by_its_family_alone(two: tuple[Client, Client]) -> None:
    page = two[0].get(PAGE).content.decode()
    assert "Firefox · Windows" in page
    assert "Safari · iPhone" in page
    assert page.count("This is where you are now.") == 1
    kept = str(list(Device.objects.values()))
    assert "127.0.0.1" not in kept
    assert "140.0" not in kept


def test_one_session_is_ended_at_once_and_the_other_goes_on(two: tuple[Client, Client]) -> None:
    here, there = two
    pk = Device.objects.get(name="Safari · iPhone").pk
    assert here.post(PAGE, {"end": pk}).status_code == 302
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert "Safari" not in here.get(PAGE).content.decode()


def test_all_others_are_ended_at_once(two: tuple[Client, Client]) -> None:
    here, there = two
    here.post(PAGE, {"end": "others"})
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 30, "٣"])
def test_what_names_no_session_ends_none(two: tuple[Client, Client], sent: str) -> None:
    here, there = two
    assert here.post(PAGE, {"end": sent}).status_code == 302
    assert there.get("/admin/").status_code == 200


def test_sessions_of_others_are_out_of_reach(
    two: tuple[Client, Client], unenrolled: User, client: Client
) -> None:
    client.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    for pk in Device.objects.values_list("pk", flat=True):
        client.post(PAGE, {"end": pk})
    assert all(browser.get("/admin/").status_code == 200 for browser in two)
    assert Client().get(PAGE)["Location"].startswith("/account/login/")


def test_a_new_browser_is_told_once_and_nothing_leaks(
    editor: EditorCredentials, django_capture_on_commit_callbacks: object
) -> None:
    browser = Client()
    for code in (0, 1):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(browser, editor, code=code)
        browser.post("/account/logout/")
    assert [one.to for one in mail.outbox] == [[EMAIL]]
    told = mail.outbox[0]
    assert "A new device" in told.subject
    assert "Firefox · Windows" in told.body
    assert "/account/sessions/" in told.body
    for secret in ("127.0.0.1", "140.0", PASSWORD, editor.totp_secret, *editor.recovery_codes):
        assert secret not in told.body


@pytest.mark.parametrize(
    ("language", "word"),
    [("fr", "nouvel appareil"), ("nl", "nieuw apparaat"), ("de", "neues Gerät")],
)
def test_the_mail_is_in_the_language_of_the_person(
    editor: EditorCredentials,
    django_capture_on_commit_callbacks: object,
    language: str,
    word: str,
) -> None:
    UserProfile.objects.create(user=editor.user, preferred_language=language)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Client(), editor, code=0)
    assert word.lower() in mail.outbox[0].subject.lower()


def test_the_token_of_a_browser_goes_to_account_pages_only(editor: EditorCredentials) -> None:
    browser = sign_in(Client(), editor, code=0)
    cookie = next(one for name, one in browser.cookies.items() if name.endswith("_device"))
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/account/", "Lax", True)
    assert cookie.value not in str(list(Device.objects.values()))


def test_a_new_sign_in_of_a_browser_ends_the_old_one(editor: EditorCredentials) -> None:
    browser = sign_in(Client(), editor, code=0)
    stolen = Client()
    stolen.cookies = browser.cookies.copy()
    assert stolen.get("/admin/").status_code == 200
    key = browser.session.session_key
    browser.cookies.pop(
        next(name for name in browser.cookies if "session" in name and "_device" not in name)
    )
    sign_in(browser, editor, code=1)
    assert Device.objects.count() == 1
    assert not browser.session.__class__().exists(key)


def test_a_changed_password_ends_all_other_sessions_and_is_told(
    two: tuple[Client, Client],
    editor: EditorCredentials,
    django_capture_on_commit_callbacks: object,
) -> None:
    here, there = two
    recently(here, editor.user)
    new = "a quite different long evening"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post(
            "/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
    assert answer.status_code == 302
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert "This is where you are now." in here.get(PAGE).content.decode()
    assert [("password" in one.subject, one.to) for one in mail.outbox] == [(True, [EMAIL])]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("password1234", "too common"),
        ("1qaz2wsx3edc", "too common"),
        ("short", "too short"),
        ("editor@portal.test", "too similar"),
        ("editorportal", "too similar"),
    ],
)
def test_a_weak_password_is_refused_without_asking_anybody(
    two: tuple[Client, Client], editor: EditorCredentials, password: str, why: str
) -> None:
    here, _there = two
    recently(here, editor.user)
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = here.post("/account/password/", sent)
    assert page.status_code == 200
    assert why in page.content.decode()
    assert User.objects.get(email=EMAIL).check_password(PASSWORD)


def test_browsers_that_nobody_used_for_a_year_are_forgotten(two: tuple[Client, Client]) -> None:
    old = timezone.now() - datetime.timedelta(days=366)
    Device.objects.filter(name="Safari · iPhone").update(last_at=old)
    assert forget_devices() == 1
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox · Windows"),
        (SAFARI, "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Linux"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_family_and_system(agent: str, name: str) -> None:
    assert name_of(agent) == name
