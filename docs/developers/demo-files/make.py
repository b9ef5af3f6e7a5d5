"""Makes the files of the demo from the texts beside this script, into `home/demo/files/`.

    python docs/developers/demo-files/make.py

PDF is printed by Chromium from HTML in the portal's own fonts, tagged and with an outline; Word and
PowerPoint are zips of a few parts written here; Excel is written by openpyxl. Pages are parted by
a line of `===`. Needs what the tests need.
"""

from __future__ import annotations

from html import escape
from io import BytesIO

from markdown_it import MarkdownIt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from packages import HERE, pages
from playwright.sync_api import sync_playwright
from slides import pptx
from word import docx

SOURCE = HERE.parents[2] / "src" / "contactpoint"
TARGET = SOURCE / "home" / "demo" / "files"
FONTS = SOURCE / "kit" / "static" / "kit" / "fonts"
WHOLE = SOURCE.parents[1] / "docs" / "developers" / "web-fonts"
PDF = (
    "ad-hoc-query-guide.en",
    "ad-hoc-query-guide.fr",
    "ad-hoc-query-guide.nl",
    "ad-hoc-query-guide.de",
    "reading-asylum-statistics.en",
)
FOOT = (
    '<div style="width:100%;font:8pt serif;color:#4a5561;padding:0 24mm 0 40mm;text-align:right">'
    '<span class="pageNumber"></span></div>'
)


def pdf(name: str) -> bytes:
    render = MarkdownIt("commonmark").render
    body = "".join(f"<section>{render(page)}</section>" for page in pages(name))
    title = pages(name)[0].strip().splitlines()[0].lstrip("# ")
    language = name.rpartition(".")[2]
    css = (
        (HERE / "printed.css")
        .read_text(encoding="utf-8")
        .replace("FONTS", FONTS.as_uri())
        .replace("WHOLE", WHOLE.as_uri())
    )
    html = HERE / "printed.html"
    html.write_text(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f"<style>{css}</style>{body}</html>",
        encoding="utf-8",
    )
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            page.goto(html.as_uri())
            page.evaluate("document.fonts.ready")
            printed = page.pdf(
                prefer_css_page_size=True,
                tagged=True,
                outline=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOT,
            )
            browser.close()
    finally:
        html.unlink()
    return printed


def xlsx() -> bytes:
    book = Workbook()
    figures, definitions, revisions = book.active, book.create_sheet(), book.create_sheet()
    figures.title, definitions.title, revisions.title = "Figures", "Definitions", "Revisions"
    _fill(
        figures,
        [
            ("First-time applicants for asylum in the 27 Member States", "Persons"),
            ("2018, year", 549_000),
            ("2019, year", 612_700),
            ("2019, fourth quarter", 171_300),
            ("2019, fourth quarter, repeat applicants included", 187_200),
            ("2018, year, as published for 28 Member States", 580_800),
        ],
    )
    _fill(
        definitions,
        [
            ("Term", "Meaning"),
            (
                "First-time applicant",
                "A person who asks for protection in a country for the first time.",
            ),
            ("Repeat applicant", "A person who asks again there after a final decision."),
            ("Rounding", "To the nearest hundred here; to the nearest five in Eurostat's tables."),
        ],
    )
    _fill(
        revisions,
        [
            ("Matter", "What was done"),
            (
                "Membership",
                "The series was backcast for the 27 members of February 2020.",
            ),
            (
                "Source",
                "Eurostat, quarterly report on asylum, March 2020; table by the demonstration.",
            ),
        ],
    )
    book.properties.title = "Asylum in 2019: the figures of the report"
    book.properties.creator = "Contactpoint"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: object, rows: list[tuple[str, object]]) -> None:
    for row in rows:
        sheet.append(row)  # type: ignore[attr-defined]
    for cell in sheet[1]:  # type: ignore[index]
        cell.font = Font(bold=True)
    for column, width in (("A", 56), ("B", 60)):
        sheet.column_dimensions[column].width = width  # type: ignore[attr-defined]
    for row in sheet.iter_rows(min_row=2):  # type: ignore[attr-defined]
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            cell.number_format = "#,##0" if isinstance(cell.value, int) else "General"


def main() -> None:
    """Write them all and say how large each is."""
    TARGET.mkdir(exist_ok=True)
    files = {f"{name}.pdf": pdf(name) for name in PDF}
    files["seasonal-workers-directive.nl.docx"] = docx("seasonal-workers-directive.nl")
    files["pathways-to-citizenship.de.pptx"] = pptx("pathways-to-citizenship.de")
    files["asylum-in-2019.en.xlsx"] = xlsx()
    for name, data in files.items():
        (TARGET / name).write_bytes(data)
        print(f"{len(data) / 1000:6.0f} kB  {name}")


if __name__ == "__main__":
    main()
