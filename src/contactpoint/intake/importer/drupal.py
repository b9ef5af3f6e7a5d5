"""Where Drupal keeps what, in its usual markup (7 to 11), and pages that anybody wrote with care.

Each field has its selectors in the order in which they are tried; the first that finds something
wins. `@` parts an attribute from the selector.
"""

from typing import Final

ITEM: Final = (
    "article.node--view-mode-full", "article[class*='node--type-']", "article.node",
    "div.node[id^='node-']", "main article", "article", "main", "#content", "body",
)  # fmt: skip
ROWS: Final = (".views-row", ".view-content li", "article.node--view-mode-teaser")
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "title": (
        "h1.page-title", "h1.page-header", "h1#page-title", "h1.title", "h1",
        ".field--name-title", "h2.node__title", "meta[property='og:title']@content", "title",
    ),
    "date": (
        "[class*='field--name-field-'][class*='date'] time@datetime",
        "[class*='field-name-field-'][class*='date'] .date-display-single@content",
        "[class*='field-name-field-'][class*='date'] .field-item",
        "meta[property='article:published_time']@content",
        ".node__submitted time@datetime", "span[property='dc:date dc:created']@content",
        "[property='schema:dateCreated']@content", "time@datetime",
        "meta[name='dcterms.date']@content",
    ),
    "teaser": (
        ".field--name-field-teaser", ".field--name-field-intro", ".field--name-field-summary",
        ".field-name-field-teaser", ".field-name-field-intro", "meta[name='description']@content",
        "meta[property='og:description']@content",
    ),
    "body": (
        ".field--name-body", ".field-name-body", "[property='schema:text']", ".node__content",
        ".node-content", "article .content", "article", "main",
    ),
    "themes": (
        "[class*='field--name-field-'][class*='theme'] a",
        "[class*='field--name-field-'][class*='theme'] .field__item",
        "[class*='field-name-field-'][class*='theme'] a",
    ),
    "keywords": (
        "[class*='field--name-field-'][class*='tags'] a",
        "[class*='field--name-field-'][class*='keyword'] a",
        "[class*='field--name-field-'][class*='keyword'] .field__item",
        "[class*='field-name-field-'][class*='tags'] a",
        "[class*='field-name-field-'][class*='keyword'] a",
    ),
    "kind": ("[class*='field--name-field-'][class*='type'] a", "[class*='field--name-field-"
             "'][class*='type'] .field__item", "[class*='field-name-field-'][class*='type'] a"),
    "address": ("link[rel='canonical']@href", "meta[property='og:url']@content"),
    "picture": (
        ".field--type-image img", "[class*='field--name-field-'][class*='image'] img",
        "[class*='field-name-field-'][class*='image'] img",
    ),
    "files": (
        "span.file a", ".field--type-file a", ".file--application-pdf a",
        "[class*='field-name-field-'][class*='file'] a",
    ),
    "language": ("html@lang",),
}  # fmt: skip
ROW: Final[dict[str, tuple[str, ...]]] = {
    "title": (
        ".views-field-title a", ".views-field-title", "h2 a", "h3 a", "h2", "h3", "h4", "a",
    ),
    "date": (
        "time@datetime", "[class*='views-field-'][class*='date'] .field-content",
        "[class*='views-field-created'] .field-content", ".date-display-single@content",
        ".date-display-single",
    ),
    "body": (
        "[class*='views-field-body'] .field-content", "[class*='views-field-field-'][class*="
        "'teaser'] .field-content", ".field--name-body", ".node__content", "p",
    ),
    "themes": ("[class*='views-field-field-'][class*='theme'] a",),
    "keywords": (
        "[class*='views-field-field-'][class*='tags'] a",
        "[class*='views-field-field-'][class*='keyword'] a",
    ),
    "kind": ("[class*='views-field-'][class*='type'] .field-content",),
    "address": (".views-field-title a@href", "h2 a@href", "h3 a@href", "a@href"),
    "picture": ("img",),
    "files": ("span.file a",),
}  # fmt: skip
"""The fields of one row of a list; its teaser is its text."""
BUNDLES: Final = ("node--type-", "page-node-type-", "node-type-")
"""What stands in a class before Drupal's own name of a kind."""
