"""The demo's PowerPoint file: a master, a layout, a theme, and the slides."""

from __future__ import annotations

from html import escape

from packages import DRAWING, HEAD, OFFICE, SLIDES, core, links, pages, root, types, zipped


def pptx(name: str) -> bytes:
    slides = [page.strip() for page in pages(name)]
    language = name.rpartition(".")[2]
    numbers = range(1, len(slides) + 1)
    parts = {
        "[Content_Types].xml": types(
            {
                "/ppt/presentation.xml": "presentationml.presentation.main",
                "/ppt/slideMasters/slideMaster1.xml": "presentationml.slideMaster",
                "/ppt/slideLayouts/slideLayout1.xml": "presentationml.slideLayout",
                "/ppt/theme/theme1.xml": "theme",
                **{f"/ppt/slides/slide{n}.xml": "presentationml.slide" for n in numbers},
            }
        ),
        "_rels/.rels": root("ppt/presentation.xml"),
        "docProps/core.xml": core(slides[0].splitlines()[0].lstrip("# "), language),
        "ppt/presentation.xml": f'{HEAD}<p:presentation xmlns:p="{SLIDES}" xmlns:r="{OFFICE}" '
        f'xmlns:a="{DRAWING}"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId100"/>'
        "</p:sldMasterIdLst><p:sldIdLst>"
        + "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
        + '</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": links(
            {
                "rId100": ("slideMaster", "slideMasters/slideMaster1.xml"),
                "rId101": ("theme", "theme/theme1.xml"),
                **{f"rId{n}": ("slide", f"slides/slide{n}.xml") for n in numbers},
            }
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": links(
            {
                "rId1": ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                "rId2": ("theme", "../theme/theme1.xml"),
            }
        ),
        "ppt/slideLayouts/slideLayout1.xml": f'{HEAD}<p:sldLayout xmlns:p="{SLIDES}" '
        f'xmlns:r="{OFFICE}" xmlns:a="{DRAWING}" type="obj"><p:cSld name="Title and text">'
        f"<p:spTree>{_GROUP}{_shape(2, 'title', '')}{_shape(3, 'body', '')}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": links(
            {"rId1": ("slideMaster", "../slideMasters/slideMaster1.xml")}
        ),
        "ppt/theme/theme1.xml": _theme(),
    }
    for number, slide in enumerate(slides, 1):
        title, *lines = [line.strip() for line in slide.splitlines() if line.strip()]
        parts[f"ppt/slides/slide{number}.xml"] = (
            f'{HEAD}<p:sld xmlns:p="{SLIDES}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}"><p:cSld>'
            f"<p:spTree>{_GROUP}{_shape(2, 'title', _lines([title.lstrip('# ')], language))}"
            f"{_shape(3, 'body', _lines(lines, language))}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = links(
            {"rId1": ("slideLayout", "../slideLayouts/slideLayout1.xml")}
        )
    return zipped(parts)


_GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_PLACES = {
    "title": (900000, 500000, 10400000, 1300000),
    "body": (900000, 2000000, 10400000, 4200000),
}


def _shape(key: int, kind: str, text: str) -> str:
    left, top, width, height = _PLACES[kind]
    index = ' idx="1"' if kind == "body" else ""
    placeholder = f'<p:ph type="{kind}"{index}/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name="{kind.title()}"/><p:cNvSpPr/>'
        f"<p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text or '<a:p/>'}</p:txBody></p:sp>"
    )


def _lines(lines: list[str], language: str) -> str:
    return "".join(
        f'<a:p><a:pPr marL="0" indent="0"><a:buNone/></a:pPr><a:r><a:rPr lang="{language}"/>'
        f"<a:t>{escape(line.removeprefix('- '))}</a:t></a:r></a:p>"
        for line in lines
    )


def _master() -> str:
    names = ("bg1 lt1", "tx1 dk1", "bg2 lt2", "tx2 dk2", "hlink hlink", "folHlink folHlink")
    colours = [*names, *(f"accent{n} accent{n}" for n in range(1, 7))]
    mapping = " ".join('{}="{}"'.format(*pair.split()) for pair in colours)
    sizes = {"titleStyle": 3600, "bodyStyle": 2200, "otherStyle": 1800}
    styles = "".join(
        f'<p:{name}><a:lvl1pPr><a:spcBef><a:spcPts val="900"/></a:spcBef><a:defRPr sz="{size}">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr>'
        f"</a:lvl1pPr></p:{name}>"
        for name, size in sizes.items()
    )
    return (
        f'{HEAD}<p:sldMaster xmlns:p="{SLIDES}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}"><p:cSld>'
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr>'
        f"</p:bg><p:spTree>{_GROUP}{_shape(2, 'title', '')}{_shape(3, 'body', '')}</p:spTree>"
        f"</p:cSld><p:clrMap {mapping}/><p:sldLayoutIdLst>"
        f'<p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst><p:txStyles>{styles}'
        "</p:txStyles></p:sldMaster>"
    )


def _theme() -> str:
    colours = {
        "dk1": "16202B", "lt1": "FBFAF7", "dk2": "0B4F8A", "lt2": "E8E6E1", "accent1": "0B4F8A",
        "accent2": "8A4B0B", "accent3": "2F6B3A", "accent4": "7A2E5C", "accent5": "4A5561",
        "accent6": "B9BEC4", "hlink": "0B4F8A", "folHlink": "4A5561",
    }  # fmt: skip
    scheme = "".join(
        f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in colours.items()
    )
    fonts = '<a:latin typeface="Georgia"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{DRAWING}" name="Contactpoint"><a:themeElements>'
        f'<a:clrScheme name="Contactpoint">{scheme}</a:clrScheme><a:fontScheme name="Contactpoint">'
        f"<a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>'
        f"{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
