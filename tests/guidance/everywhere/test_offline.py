"""The pack of a language: whole, small, fetched again only where something changed."""

import gzip
import json
from typing import Any

import guided
import pytest
from django.core.cache import cache
from django.test import Client

from contactpoint.guidance.everywhere import files, pack, sizes
from contactpoint.guidance.variants import VARIANTS
from contactpoint.kit.headers import PUBLIC


@pytest.fixture(autouse=True)
def _no_pack(guides: None) -> None:
    cache.clear()
    pack._latest.clear()


def opened(client: Client, manifest: dict[str, Any], path: str, variant: str = "") -> str:
    """The page as the worker puts it together."""
    base = f"/{path.split('/')[1]}/guidance/offline/"
    leaf = json.loads(
        gzip.decompress(client.get(f"{base}{manifest['pages'][path][0]}.json").content)
    )
    style = gzip.decompress(client.get(f"{base}{manifest['style'][0]}.json").content).decode()
    return "\n".join(style if at < 0 else leaf["pieces"][at] for at in leaf["as"][variant])


def manifest_of(client: Client, language: str) -> dict[str, Any]:
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
    assert changed == {"/en/guidance/procedure/interview/"}
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
    assert 'data-do="voice"' not in client.get("/en/guidance/offline/").content.decode()
    sound = files.File("/media/voice/1.mp3", "0" * 16, 2_500_000)
    monkeypatch.setitem(files._sources, files.VOICE, lambda language: [sound])
    manifest = manifest_of(client, "en")
    assert manifest["files"]["voice"] == {"/media/voice/1.mp3": ["0" * 16, 2_500_000]}
    page = client.get("/en/guidance/offline/").content.decode()
    assert 'data-do="voice"' in page
    assert "2.5 MB" in page


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
    page = client.get(f"/{language}/guidance/offline/pages.html").content.decode()
    assert page.count("@font-face") == page.count("data:font/woff2;base64,") == 2
    assert f'font-family: "Guidance {font}"' in page
    files = manifest_of(client, language)["files"]["pages"]
    assert len([url for url in files if url.endswith(".woff2")]) == 2


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
    answer = client.get(f"/en/guidance/{path}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'src="http' not in answer.content.decode()
    assert "script-src 'self';" in answer["Content-Security-Policy"]
