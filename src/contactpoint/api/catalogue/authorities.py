"""The words that DCAT-AP takes from the vocabularies of the European Union.

https://op.europa.eu/en/web/eu-vocabularies/authority-tables
"""

from typing import Final

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
PUBLIC: Final = f"{AUTHORITY}access-right/PUBLIC"
CC_BY: Final = f"{AUTHORITY}licence/CC_BY_4_0"
SOCIETY: Final = f"{AUTHORITY}data-theme/SOCI"
GOVERNMENT: Final = f"{AUTHORITY}data-theme/GOVE"
THEMES: Final = f"{AUTHORITY}data-theme"
LANGUAGES: Final = {
    code: f"{AUTHORITY}language/{name}"
    for code, name in (("en", "ENG"), ("fr", "FRA"), ("nl", "NLD"), ("de", "DEU"))
}
FREQUENCIES: Final = {
    name: f"{AUTHORITY}frequency/{value}"
    for name, value in (
        ("day", "DAILY"), ("month", "MONTHLY"), ("quarter", "QUARTERLY"), ("year", "ANNUAL"),
        ("never", "NEVER"), ("irregular", "IRREG"),
    )
}  # fmt: skip
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMATS: Final = {
    "csv": ("CSV", "text/csv"),
    "docx": ("DOCX", _TEXT),
    "json": ("JSON", "application/json"),
    "jsonld": ("JSON_LD", "application/ld+json"),
    "jsonstat": ("JSON", "application/json"),
    "ndjson": ("JSON", ""),  # no type is registered for lines of JSON
    "nt": ("RDF_N_TRIPLES", "application/n-triples"),
    "pdf": ("PDF", "application/pdf"),
    "rdf": ("RDF_XML", "application/rdf+xml"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "xlsx": ("XLSX", _SHEET),
}
"""By the ending of a file: its type in the vocabulary, and its media type."""
GZIP: Final = f"{_MEDIA}application/gzip"
_COUNTRIES: Final = (
    "AD:AND AL:ALB AM:ARM AT:AUT AZ:AZE BA:BIH BE:BEL BG:BGR BY:BLR CH:CHE CY:CYP CZ:CZE DE:DEU "
    "DK:DNK EE:EST EL:GRC ES:ESP FI:FIN FR:FRA GB:GBR GE:GEO GR:GRC HR:HRV HU:HUN IE:IRL IS:ISL "
    "IT:ITA LI:LIE LT:LTU LU:LUX LV:LVA MC:MCO MD:MDA ME:MNE MK:MKD MT:MLT NL:NLD NO:NOR PL:POL "
    "PT:PRT RO:ROU RS:SRB RU:RUS SE:SWE SI:SVN SK:SVK SM:SMR TR:TUR UA:UKR UK:GBR XK:XKX"
)
_THREE: Final = dict(pair.split(":") for pair in _COUNTRIES.split())


def file_type(ending: str) -> str:
    """The address of a type of file."""
    return f"{AUTHORITY}file-type/{_FORMATS[ending][0]}"


def media_type(ending: str) -> str:
    """The address of a media type; empty where none is registered."""
    kind = _FORMATS[ending][1]
    return f"{_MEDIA}{kind}" if kind else ""


def country(code: str) -> str:
    """The address of a country by its two letters, of ISO or Eurostat; empty for groups."""
    three = _THREE.get(code)
    return f"{AUTHORITY}country/{three}" if three else ""
