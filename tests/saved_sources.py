"""Saved sources of other sites, with pictures and files made as programs make them."""

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from listings import DATA
from made_files import pdf
from PIL import Image

COLLECTING = DATA / "collecting"


def png(shade: int = 120) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (12, 8), (shade, 160, 90)).save(stream, "PNG")
    return stream.getvalue()


def crawl(folder: Path) -> Path:
    """A saved crawl of an old Drupal site, with what its pages show and offer."""
    site = folder / "crawl"
    shutil.copytree(COLLECTING / "crawl", site)
    old = site / "publications" / "labour-study.html"
    old.write_bytes(old.read_text("utf-8").replace("through", "à travers").encode("latin-1"))
    files = site / "sites" / "default" / "files"
    files.mkdir(parents=True)
    (files / "house.png").write_bytes(png())
    (files / "plan.pdf").write_bytes(pdf(["The houses stand in four towns."]))
    (files / "pears.pdf").write_bytes(pdf(["Who picks the pears?"]))
    return site


def zipped(folder: Path, target: Path) -> Path:
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return target
