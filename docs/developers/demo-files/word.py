"""The demo's Word file."""

from __future__ import annotations

import re
from html import escape

from packages import HEAD, WORD, core, links, pages, root, types, zipped


def docx(name: str) -> bytes:
    body = []
    for number, page in enumerate(pages(name)):
        if number:
            body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        for block in re.split(r"\n\s*\n", page.strip()):
            for line in block.splitlines():
                style, text = _style(line)
                body.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text)}</w:p>')
    language = name.rpartition(".")[2]
    title = pages(name)[0].strip().splitlines()[0].lstrip("# ")
    return zipped(
        {
            "[Content_Types].xml": types(
                {
                    "/word/document.xml": "wordprocessingml.document.main",
                    "/word/styles.xml": "wordprocessingml.styles",
                }
            ),
            "_rels/.rels": root("word/document.xml"),
            "docProps/core.xml": core(title, language),
            "word/_rels/document.xml.rels": links({"rId1": ("styles", "styles.xml")}),
            "word/styles.xml": _styles(language),
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}'
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1500" w:right="1400" '
            'w:bottom="1400" w:left="1900" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>'
            "</w:body></w:document>",
        }
    )


def _style(line: str) -> tuple[str, str]:
    for mark, style in (("# ", "Title"), ("## ", "Heading1"), ("- ", "ListParagraph")):
        if line.startswith(mark):
            text = line.removeprefix(mark)
            return style, f"•  {text}" if mark == "- " else text
    return "Normal", line


def _runs(text: str) -> str:
    runs = []
    for part in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
        bare = part.strip("*")
        if bare:
            marks = "<w:b/>" if part.startswith("**") else "<w:i/>" if part != bare else ""
            properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
            runs.append(f'<w:r>{properties}<w:t xml:space="preserve">{escape(bare)}</w:t></w:r>')
    return "".join(runs)


def _styles(language: str) -> str:
    def style(key: str, name: str, paragraph: str, run: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:sz w:val="22"/>'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("Normal", "Normal", '<w:spacing w:after="140" w:line="300" w:lineRule="auto"/>', "")
        + style("Title", "Title", '<w:spacing w:after="240"/>', '<w:sz w:val="48"/>')
        + style(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="360" w:after="100"/><w:outlineLvl w:val="0"/>',
            '<w:b/><w:color w:val="0B4F8A"/><w:sz w:val="27"/>',
        )
        + style("ListParagraph", "List Paragraph", '<w:ind w:left="360" w:hanging="280"/>', "")
        + "</w:styles>"
    )
