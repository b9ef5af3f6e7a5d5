"""Copies of texts that the translators' tool keeps, and who translated them."""

from contactpoint.kit.persons import declare, free, no_persons
from contactpoint.kit.persons.work import published, work

declare(
    "wagtail_localize.TranslationSource",
    published("object_repr content_json"),
    other=free("schema_version", "of a program"),
)
declare("wagtail_localize.String", published("data"), other=free("data_hash", "of the text"))
work(
    "wagtail_localize.StringTranslation",
    "last_translated_by",
    published("data"),
    other=free("tool_name", "of the translating program"),
)
work("wagtail_localize.SegmentOverride", "last_translated_by", published("data_json"))
declare(
    "wagtail_localize.Template",
    published("template"),
    other=free("uuid template_format", "about the text"),
)
declare("wagtail_localize.OverridableSegment", published("data_json"))
no_persons(
    "wagtail_localize.TranslatableObject wagtail_localize.Translation "
    "wagtail_localize.TranslationLog wagtail_localize.TranslationContext "
    "wagtail_localize.StringSegment wagtail_localize.TemplateSegment "
    "wagtail_localize.RelatedObjectSegment wagtail_localize.LocaleSynchronization"
)
