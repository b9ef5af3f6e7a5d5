"""The joined style sheet: small, complete, kept for a year, and never from another origin."""

import gzip
import re

import brotli

from contactpoint.kit import stylesheets
from contactpoint.kit.stylesheets import FOLDER, bundle, files


def test_every_style_sheet_is_joined_once():
    assert sorted(files()) == sorted(FOLDER.rglob("*.css"))
    assert len(files()) == len(set(files()))


def test_the_layers_are_ordered_before_any_rule():
    assert bundle().content.startswith(b"@layer reset, tokens, base, layout, components, utilities")


def test_the_sheet_is_small():
    assert len(bundle().packed("gzip")) < 30_000


def test_the_sheet_fetches_nothing_but_our_own_fonts():
    addresses = re.findall(r'url\("([^"]+)"\)', bundle().content.decode())
    assert addresses
    assert all(address.startswith("/static/kit/fonts/") for address in addresses)
    assert b"@import" not in bundle().content


def test_every_font_that_the_sheet_names_is_there_with_its_licence():
    fonts = FOLDER.parent / "fonts"
    named = set(re.findall(r"fonts/([\w-]+)\.woff2", bundle().content.decode()))
    assert named == {file.stem for file in fonts.glob("*.woff2")}
    licences = {file.name.removesuffix(".OFL.txt") for file in fonts.glob("*.OFL.txt")}
    assert all(any(name.startswith(family) for family in licences) for name in named)


def test_every_component_stands_in_a_layer():
    for file in (FOLDER / "components").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert text.strip().startswith("@layer components {"), file.name


def test_a_browser_may_keep_the_sheet_for_a_year(client):
    response = client.get(stylesheets.url())
    assert response["Content-Type"] == "text/css"
    assert "immutable" in response["Cache-Control"]
    assert response.content == bundle().content


def test_the_sheet_is_sent_compressed_to_who_can_read_it(client):
    for taken, given, unpacked in (
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ):
        response = client.get(stylesheets.url(), headers={"accept-encoding": taken})
        assert response["Content-Encoding"] == given
        assert unpacked(response.content) == bundle().content
        assert "Accept-Encoding" in response["Vary"]


def test_a_page_from_before_an_update_still_gets_a_sheet_but_not_for_long(client):
    response = client.get("/css/0123456789abcdef.css")
    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]


def test_a_browser_that_has_the_sheet_is_told_so(client):
    tag = client.get(stylesheets.url())["ETag"]
    assert client.get(stylesheets.url(), headers={"if-none-match": tag}).status_code == 304


def test_a_browser_may_keep_a_font_for_good(client):
    response = client.get("/static/kit/fonts/portal-serif-latin.woff2")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
