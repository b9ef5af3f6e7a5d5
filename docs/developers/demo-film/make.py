"""Makes the film of the demo, its poster and its captions, into `home/demo/films/`.

    python docs/developers/demo-film/make.py

Chromium draws each picture on a canvas (`film.js`) and encodes it as VP9; `webm.py` puts them into
a file that can be sought in. Needs what the tests need. `--stills FOLDER` writes a picture of every
other second there instead, to look at.
"""

from __future__ import annotations

import argparse
import base64
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from webm import Picture, webm

HERE = Path(__file__).parent
SOURCE = HERE.parents[2] / "src" / "contactpoint"
TARGET = SOURCE / "home" / "demo" / "films"
FONTS = SOURCE / "kit" / "static" / "kit" / "fonts"
NAME = "french-word"
LANGUAGES = ("en", "fr", "nl", "de")
FACES = ("latin", "latin-ext", "greek", "cyrillic")
SCRIPTS = ("noto-naskh-arabic", "noto-sans-georgian", "noto-sans-armenian")


def captions(film: dict[str, Any], language: str) -> str:
    """What is said, as WebVTT, with the signs that typesetters use."""
    blocks = ["WEBVTT\n"]
    begins = 0.0
    for scene in film["scenes"]:
        for row in scene["said"]:
            text = row[language].replace("'", "’")
            if language == "fr":
                for sign in ":;?!»":
                    text = text.replace(f" {sign}", f"\u00a0{sign}")
                text = text.replace("« ", "«\u00a0")
            times = f"{clock(begins + row['from'])} --> {clock(begins + row['until'])}"
            blocks.append(f"{times}\n{text}\n")
        begins += scene["seconds"]
    return "\n".join(blocks)


def clock(seconds: float) -> str:
    """`00:01:02.500`"""
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    return f"00:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def faces() -> str:
    """The portal's fonts as a style sheet that asks for no other file."""
    named = {f"Serif {face}": f"source-serif-4-{face}" for face in FACES}
    named |= {f"Sans {face}": f"source-sans-3-{face}" for face in FACES}
    named |= {name: name for name in SCRIPTS}
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;src:url("data:font/woff2;base64,'
        f'{base64.b64encode((FONTS / f"{file}.woff2").read_bytes()).decode()}")}}'
        for family, file in named.items()
    )


@contextmanager
def stage(film: dict[str, Any]) -> Iterator[Page]:
    """A page that can draw the film."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.goto((HERE / "film.html").as_uri())
        page.add_style_tag(content=faces())
        page.evaluate("film => prepare(film)", film)
        yield page
        browser.close()


def still(page: Page, at: float) -> Image.Image:
    data = base64.b64decode(page.evaluate("at => still(at)", at))
    return Image.open(BytesIO(data)).convert("RGB")


def filmed(page: Page, film: dict[str, Any]) -> bytes:
    """All pictures, encoded and packed."""
    made = page.evaluate("encode()")
    pictures = [
        Picture(round(row["at"] / 1000), row["whole"], base64.b64decode(row["data"]))
        for row in made["pictures"]
    ]
    seconds = sum(scene["seconds"] for scene in film["scenes"])
    return webm(pictures, seconds * 1000, (film["width"], film["height"]), made["colours"])


def main() -> None:
    """Write them all and say how large each is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stills", type=Path)
    folder = parser.parse_args().stills
    film = tomllib.loads((HERE / "film.toml").read_text(encoding="utf-8"))
    with stage(film) as page:
        if folder:
            folder.mkdir(exist_ok=True)
            for at in range(1, sum(scene["seconds"] for scene in film["scenes"]), 2):
                still(page, at).save(folder / f"{at:02}.png")
            return
        TARGET.mkdir(exist_ok=True)
        poster = still(page, film["poster_at"]).quantize(64)
        poster.save(TARGET / f"{NAME}.png", optimize=True)
        (TARGET / f"{NAME}.webm").write_bytes(filmed(page, film))
    for language in LANGUAGES:
        text = captions(film, language)
        (TARGET / f"{NAME}.{language}.vtt").write_text(text, encoding="utf-8")
    for path in sorted(TARGET.glob(f"{NAME}.*")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
