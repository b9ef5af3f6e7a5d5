"""The lists: one page a kind and language, whose address every language shares."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.kit.pages import BasePage
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.rights import ListRights


class OutputList(BasePage):
    """What every list has: an introduction, and the kind that it lists."""

    TAKES_CONTRIBUTIONS = True
    KIND: ClassVar[str] = ""
    SLUG: ClassVar[str] = ""
    introduction = models.TextField(_("introduction"), blank=True)
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    max_count_per_parent = 1
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> ListRights:
        """What a person may do with it."""
        return ListRights(user, self)


class NewsList(OutputList):
    """`/<lang>/news/`"""

    KIND, SLUG = Kind.NEWS_ITEM, "news"
    subpage_types = ["outputs.NewsItem"]

    class Meta:
        verbose_name = _("list of news")


class PublicationList(OutputList):
    """`/<lang>/publications/`"""

    KIND, SLUG = Kind.PUBLICATION, "publications"
    subpage_types = ["outputs.Publication"]

    class Meta:
        verbose_name = _("list of publications")


class EventList(OutputList):
    """`/<lang>/events/`"""

    KIND, SLUG = Kind.EVENT, "events"
    subpage_types = ["outputs.Event"]

    class Meta:
        verbose_name = _("list of events")


class VideoList(OutputList):
    """`/<lang>/videos/`"""

    KIND, SLUG = Kind.VIDEO, "videos"
    subpage_types = ["outputs.Video"]

    class Meta:
        verbose_name = _("list of videos")


class VacancyList(OutputList):
    """`/<lang>/vacancies/`"""

    KIND, SLUG = Kind.VACANCY, "vacancies"
    subpage_types = ["outputs.Vacancy"]

    class Meta:
        verbose_name = _("list of vacancies")


class Chronicle(OutputList):
    """`/<lang>/chronicle/`: developments by year."""

    KIND, SLUG = Kind.DEVELOPMENT, "chronicle"
    subpage_types = ["outputs.Development"]

    class Meta:
        verbose_name = _("chronicle")


LISTS: dict[str, tuple[str, Any]] = {
    NewsList.KIND: (NewsList.SLUG, _("News")),
    PublicationList.KIND: (PublicationList.SLUG, _("Publications")),
    EventList.KIND: (EventList.SLUG, _("Events")),
    VideoList.KIND: (VideoList.SLUG, _("Videos")),
    VacancyList.KIND: (VacancyList.SLUG, _("Vacancies")),
    Chronicle.KIND: (Chronicle.SLUG, _("Chronicle")),
}
"""By kind of output: the slug that its list has in every language, and the list's usual name."""
