"""The pack of a language: whole, small, fetched again only where something changed."""

import gzip
import json
from pathlib import Path
from typing import Any

import guided
import heard
import pytest
from django.core.cache import cache
from django.test import Client

from contactpoint.guidance.everywhere import files, making, pack, paper, sizes
from contactpoint.guidance.variants import VARIANTS
from contactpoint.kit.headers import PUBLIC


@pytest.fixture(autouse=True)
def _no_pack(guides: None) -> None:
    cache.clear()


def ready(language: str) -> None:
    """As the worker does after a change."""
    if pack.is_behind(language):
        making.make(language)


@pytest.fixture
def sounding(tmp_path: Path, settings: Any) -> None:
    """Files of recordings in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"


def opened(client: Client, manifest: dict[str, Any], path: str, variant: str = "") -> str:
    """The page as the worker puts it together."""
    base = f"/{path.split('/')[1]}/guidance/offline/"
    leaf = json.loads(
        gzip.decompress(client.get(f"{base}{manifest['pages'][path][0]}.json").content)
    )
    style = gzip.decompress(client.get(f"{base}{manifest['style'][0]}.json").content).decode()
    return "\n".join(style if at < 0 else leaf["pieces"][at] for at in leaf["as"][variant])


def manifest_of(client: Client, language: str) -> dict[str, Any]:
    ready(language)
    found: dict[str, Any] = client.get(f"/{language}/guidance/offline/manifest.json").json()
    return found


@pytest.mark.parametrize("variant", ["", *VARIANTS])
def test_a_page_of_the_pack_is_the_page_of_the_site(client: Client, variant: str) -> None:
    manifest = manifest_of(client, "ar")
    path = "/ar/guidance/procedure/interview/"
    page = client.get(path + (f"?as={variant}" if variant else "")).content.decode()
    assert opened(client, manifest, path, variant) == page
    assert manifest["policy"] == client.get(path)["Content-Security-Policy"]


def test_every_page_of_the_language_is_in_it_and_no_page_of_another(client: Client) -> None:
    manifest = manifest_of(client, "ar")
    assert all(path.startswith("/ar/guidance/") for path in manifest["pages"])
    assert {
        "/ar/guidance/",
        "/ar/guidance/help/",
        "/ar/guidance/leaving/",
        "/ar/guidance/coverage/",
        "/ar/guidance/offline/",
        "/ar/guidance/procedure/",
        "/ar/guidance/procedure/interview/",
    } <= set(manifest["pages"])
    assert manifest["short"]["/ar/guidance/interview/"] == "/ar/guidance/procedure/interview/"
    assert "/ar/guidance/procedure/ask/" not in manifest["pages"]  # only in other languages
    assert manifest["none"] in manifest["pages"]


def test_a_new_text_changes_its_own_page_and_few_others(client: Client) -> None:
    before = manifest_of(client, "en")
    text = guided.text("interview")
    text.body[0]["text"] = "Quite another sentence."
    text.save()
    after = manifest_of(client, "en")
    changed = {path for path in after["pages"] if after["pages"][path] != before["pages"].get(path)}
    # Arabic and French are behind it now, as the page of coverage says.
    assert changed == {"/en/guidance/procedure/interview/", "/en/guidance/coverage/"}
    assert after["version"] != before["version"]
    assert "Quite another sentence." in opened(client, after, "/en/guidance/procedure/interview/")


def test_its_size_is_told_before_and_is_what_is_sent(client: Client) -> None:
    manifest = manifest_of(client, "en")
    leaves = [manifest["style"], *manifest["pages"].values()]
    sent = sum(
        len(client.get(f"/en/guidance/offline/{digest}.json").content) for digest, _ in leaves
    )
    assert sent == sum(size for _digest, size in leaves)
    size = sent + sum(size for _digest, size in manifest["files"]["pages"].values())
    assert manifest["size"] == size
    page = client.get("/en/guidance/offline/").content.decode()
    assert f"(<bdi>{sizes.told(size, 'en')}</bdi>)" in page


def test_sound_has_a_button_once_somebody_has_some(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready("en")
    assert 'data-do="voice"' not in client.get("/en/guidance/offline/").content.decode()
    sound = files.File("/en/guidance/voice/1.opus", "0" * 16, 2_500_000)
    louder = files.File("/en/guidance/voice/1.mp3", "0" * 16, 4_100_000)
    monkeypatch.setitem(files._sources, files.VOICE, lambda language: [sound])
    monkeypatch.setitem(files._sources, files.VOICE_MP3, lambda language: [louder])
    page = client.get("/en/guidance/offline/").content.decode()
    assert 'data-do="voice"' in page
    assert "2.5 MB" in page
    assert "4.1 MB" in page


def sound_of(client: Client, form: str = "opus") -> dict[str, list[Any]]:
    ready("en")
    found = client.get(f"/en/guidance/offline/manifest.json?voice={form}").json()["files"]
    return dict(found["voice"])


def test_a_pack_has_the_sound_of_its_words_in_the_form_that_a_phone_can_play(
    client: Client, sounding: None
) -> None:
    recordings = heard.record(guided.text("interview"))
    for form in ("opus", "mp3"):
        found = sound_of(client, form)
        assert len(found) == len(recordings)
        for url, (_digest, size) in found.items():
            assert url.endswith(f".{form}")
            assert len(b"".join(client.get(url))) == size


def test_sound_that_is_out_of_date_is_in_no_pack_even_before_there_is_a_new_one(
    client: Client, sounding: None
) -> None:
    text = guided.text("interview")
    heard.record(text)
    before = sound_of(client)
    text.body[0]["text"] = "You tell another story."
    text.save()
    now = client.get("/en/guidance/offline/manifest.json").json()["files"]["voice"]
    assert [url for url in before if url not in now] == [url for url in before if "/about-" in url]


def test_only_the_sound_that_was_made_anew_is_fetched_again(client: Client, sounding: None) -> None:
    text = guided.text("interview")
    heard.record(text)
    before = sound_of(client)
    heard.record(text, "happens")
    after = sound_of(client)
    assert [url for url in after if after[url] != before[url]] == [
        url for url in after if "/happens-" in url
    ]


def test_before_there_is_a_pack_a_reader_is_told_to_come_again(client: Client) -> None:
    soon = "Come back in a few minutes."
    page = client.get("/en/guidance/offline/")
    assert soon in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert 'data-do="save"' not in page.content.decode()
    assert 'data-do="remove"' in page.content.decode()
    for name in ("manifest.json", "pages.html"):
        answer = client.get(f"/en/guidance/offline/{name}")
        assert answer.status_code == 503
        assert answer["Retry-After"] == "120"
        assert soon in answer.content.decode()
    ready("en")
    assert soon not in client.get("/en/guidance/offline/").content.decode()


def test_until_the_new_pack_is_whole_readers_get_the_old_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = manifest_of(client, "en")
    text = guided.text("interview")
    text.body[0]["text"] = "Quite another sentence."
    text.save()
    monkeypatch.setattr(pack, "_short", lambda at, there: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        making.make("en")
    now = client.get("/en/guidance/offline/manifest.json").json()
    assert now["pages"] == before["pages"]
    digest = before["pages"]["/en/guidance/procedure/interview/"][0]
    assert client.get(f"/en/guidance/offline/{digest}.json").status_code == 200
    assert pack.is_behind("en")


def test_a_change_in_another_language_makes_the_page_of_coverage_anew_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready("en")
    made: list[str] = []
    html = pack._html
    monkeypatch.setattr(pack, "_html", lambda path, who: made.append(path) or html(path, who))
    text = guided.text("interview", "ar")
    text.body[0]["text"] = "كلمات أخرى."
    text.save()
    ready("en")
    assert made == ["/en/guidance/coverage/"]


def test_publishing_makes_what_is_behind_one_language_a_job(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        text = guided.text("interview")
        text.title = "A talk about you"
        text.save_revision().publish()
    assert not any(pack.is_behind(language) for language in ("en", "ar", "fr"))
    assert "A talk about you" in opened(
        client, manifest_of(client, "en"), "/en/guidance/procedure/interview/"
    )


def test_a_pdf_is_there_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    making.print_guide.enqueue("interview", "ar")
    monkeypatch.setattr(paper, "printed", lambda tree: 1 / 0)
    assert client.get("/ar/guidance/procedure/interview.pdf").status_code == 200


def test_a_worker_that_starts_looks_for_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_looked", float("-inf"))
    assert making.look_for_packs() is False
    assert not pack.is_behind("ar")
    cache.clear()
    making.look_for_packs()  # within the hour it does not look again
    assert pack.is_behind("ar")


def test_only_the_page_that_registers_the_worker_may_say_where_it_is(client: Client) -> None:
    answer = client.get("/en/guidance/offline/")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy.pop("trusted-types") == "guidance-worker"
    assert policy.pop("style-src").startswith("'self' 'sha256-")
    assert policy.items() <= PUBLIC.items()
    assert "trusted-types 'none'" in client.get("/en/guidance/")["Content-Security-Policy"]


def test_the_worker_is_for_one_language(client: Client) -> None:
    answer = client.get("/ar/guidance/offline/worker.js")
    assert answer["Service-Worker-Allowed"] == "/ar/guidance/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "put(" not in answer.content.decode()  # it stores nothing by itself


def test_a_phone_can_have_it_under_a_name_that_tells_nothing(client: Client) -> None:
    plain = client.get("/en/guidance/offline/app.webmanifest")
    assert plain["Content-Type"].startswith("application/manifest+json")
    assert plain.json()["name"] == "Asylum guide"
    neutral = client.get("/en/guidance/offline/app.webmanifest?name=neutral").json()
    assert neutral["name"] == neutral["short_name"] == "Information"
    assert all("plain-" in icon["src"] for icon in neutral["icons"])
    assert neutral["scope"] == "/en/guidance/"
    page = client.get("/en/guidance/offline/?name=neutral").content.decode()
    assert 'href="/en/guidance/offline/app.webmanifest?name=neutral"' in page


def test_a_language_is_one_file_that_needs_nothing_beside_it(client: Client) -> None:
    ready("ar")
    answer = client.get("/ar/guidance/offline/pages.html")
    assert answer["Content-Disposition"] == 'attachment; filename="guidance-ar.html"'
    page = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert guided.text("interview", "ar").title in page
    assert "<script" not in page
    assert " src=" not in page
    assert "url(" not in page
    ids = [part.split('"', 1)[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("language", "font"), [("ti", "Ethiopic"), ("ps", "Pashto")])
def test_a_file_brings_the_letters_that_a_phone_may_lack(
    client: Client, language: str, font: str
) -> None:
    ready(language)
    page = client.get(f"/{language}/guidance/offline/pages.html").content.decode()
    assert page.count("@font-face") == page.count("data:font/woff2;base64,") == 2
    assert f'font-family: "Guidance {font}"' in page
    files = manifest_of(client, language)["files"]["pages"]
    assert len([url for url in files if url.endswith(".woff2")]) == 3  # with one for names


def test_sizes_are_told_in_the_reader_s_words() -> None:
    assert sizes.told(261_228, "en") == "261 kB"
    assert sizes.told(1_234_567, "fr").replace("\u202f", " ").replace("\xa0", " ") == "1,2 Mo"
    assert sizes.told(3, "ar") == "1 كيلوبايت"


PATHS = (
    *("offline/", "offline/manifest.json", "offline/worker.js", "offline/app.webmanifest"),
    *("offline/pages.html", "offline/none/", "sheet/", "sheet/?second=ar&guide=interview"),
    "interview/version/0123456789abcdef/",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_left_of_a_visit(client: Client, path: str) -> None:
    ready("en")
    answer = client.get(f"/en/guidance/{path}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'src="http' not in answer.content.decode()
    assert "script-src 'self';" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "ar", "ti"])
def test_names_of_all_languages_can_be_read_in_a_pack(client: Client, language: str) -> None:
    """The list of languages is on each page: its letters come along, whatever the phone has."""
    urls = [file.url for file in files.of_pages(language)]
    assert len(urls) == len(set(urls))
    for name in ("ethiopic-regular", "pashto-regular"):
        assert any(name in url for url in urls)
    assert any("ethiopic-bold" in url for url in urls) == (language == "ti")


def test_a_click_that_cannot_be_sent_has_a_page_that_says_so(client: Client) -> None:
    manifest = manifest_of(client, "en")
    assert "Your click was not counted" in opened(client, manifest, manifest["unsent"])
    assert "Your click was not counted" not in opened(client, manifest, manifest["none"])
