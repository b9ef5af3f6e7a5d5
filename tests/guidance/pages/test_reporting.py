"""One click: counted by day, and nothing kept of who it was."""

import pytest
from django.test import Client
from django.utils import timezone

from contactpoint.guidance import counting
from contactpoint.guidance.models import Click

SAID = "/ar/guidance/said/interview/"


def counts() -> list[tuple[str, str, str, str, int]]:
    rows = Click.objects.values_list("page", "language", "kind", "wanted", "number")
    return sorted(rows)


def test_i_did_not_understand_is_counted_and_thanked_for(client: Client, guides: None) -> None:
    answer = client.post(f"{SAID}?as=minor", {"unclear": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"{SAID}?as=minor")
    thanks = client.get(answer["Location"])
    assert "/ar/guidance/procedure/interview/?as=minor" in thanks.content.decode()
    assert thanks["Cache-Control"] == "no-store"
    client.post(SAID, {"unclear": "1"})
    assert counts() == [("interview", "ar", "unclear", "", 2)]
    assert Click.objects.get().day == timezone.localdate()


def test_a_language_is_asked_for_by_one_click(client: Client, guides: None) -> None:
    client.post(SAID, {"language": "am"})
    client.post("/so/guidance/said/", {"language": "other"})
    client.post(SAID, {"language": "ti"})
    assert counts() == [
        ("", "so", "language", "other", 1),
        ("interview", "ar", "language", "am", 1),
        ("interview", "ar", "language", "ti", 1),
    ]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/ar/guidance/said/nowhere/", {"unclear": "1"}),
        (SAID, {}),
        (SAID, {"language": "<script>"}),
    ],
)
def test_what_says_nothing_is_not_counted(client, guides, path: str, data) -> None:
    assert client.post(path, data).status_code == 303
    assert counts() == []


def test_a_click_on_another_site_counts_nothing(client: Client, guides: None) -> None:
    client.post(SAID, {"unclear": "1"}, headers={"sec-fetch-site": "cross-site"})
    assert counts() == []
    client.post(SAID, {"unclear": "1"}, headers={"sec-fetch-site": "same-origin"})
    assert counts() == [("interview", "ar", "unclear", "", 1)]


def test_who_plays_does_not_count_for_ever(client, guides, monkeypatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 3)
    for _time in range(5):
        client.post(SAID, {"unclear": "1"})
    assert counts() == [("interview", "ar", "unclear", "", 3)]


def test_a_click_of_an_old_browser_without_cookies_is_taken(guides: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SAID, {"unclear": "1"}, headers={"origin": "null"}).status_code == 303
    assert len(counts()) == 1
