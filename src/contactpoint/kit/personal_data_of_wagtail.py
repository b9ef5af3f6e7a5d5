"""What Wagtail keeps of people: who owns, writes, locks, remarks; and its copies of each page."""

from typing import Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from contactpoint.kit.forgetting import forget_leftovers
from contactpoint.kit.persons import (
    Account,
    Data,
    Erased,
    Ground,
    Kept,
    Picked,
    Whose,
    declare,
    free,
    no_persons,
)
from contactpoint.kit.persons.links import Person
from contactpoint.kit.persons.work import WHO_DID_IT, WITH_THE_ACCOUNT, published, work

_CURRENT: Final = ("latest_revision", "live_revision")
_LOGGED = Kept(_("As long as the portal keeps its history of changes."))


def _about_the_account(rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
    """What was done with the account itself: such entries are labelled with its name."""
    if person.account is None:
        return rows.none()
    kind = ContentType.objects.get_for_model(get_user_model())
    return rows.filter(content_type=kind, object_id=str(person.account.pk))


def _of_what_is_said_now(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The versions that pages have, public or as drafts: what those say, editors change."""
    kept: set[Any] = set()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.related_model is Revision and field.name in _CURRENT:
                kept |= set(model._base_manager.values_list(field.attname, flat=True))
    return rows.filter(pk__in=kept)


def _number() -> Data:
    return Data(
        "user",
        whose=Whose.EDITORS,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=_LOGGED,
        erased=Erased.STAYS,
        stays=_("It is the number of an account that is gone, and leads to no name."),
    )


work(
    "wagtailcore.Page",
    "owner locked_by",
    published("title draft_title seo_title search_description"),
)
work(
    "wagtailcore.Revision",
    "user",
    Data(
        "content object_str",
        whose=Whose.NAMED,
        purpose=_("To bring back what a page said before."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the page.")),
        erased=Erased.WORDS,
    ),
    spared=_of_what_is_said_now,
)
declare(
    "wagtailcore.PageLogEntry",
    _number(),
    Data(
        "label data",
        whose=Whose.NAMED,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=_LOGGED,
        erased=Erased.WORDS,
    ),
    person=[Account("user")],
    other=free("uuid action", "of what was done"),
)
declare(
    "wagtailcore.ModelLogEntry",
    _number(),
    Data(
        "label data",
        whose=Whose.EDITORS,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=_LOGGED,
        erased=Erased.BLANK,
    ),
    person=[Picked(_about_the_account)],
    other=free("uuid action object_id", "of what was done"),
)
for _label in ("Comment", "CommentReply"):
    declare(
        f"wagtailcore.{_label}",
        Data(
            "user text",
            whose=Whose.EDITORS,
            purpose=_("To talk about a draft beside it."),
            ground=Ground.PUBLIC_TASK,
            kept=WITH_THE_ACCOUNT,
        ),
        *(
            [
                Data(
                    "resolved_by",
                    whose=Whose.EDITORS,
                    purpose=WHO_DID_IT,
                    ground=Ground.PUBLIC_TASK,
                    kept=WITH_THE_ACCOUNT,
                    erased=Erased.NULL,
                )
            ]
            if _label == "Comment"
            else []
        ),
        person=[Account("user")],
        other=free("contentpath position", "where it stands") if _label == "Comment" else None,
    )
declare(
    "wagtailcore.PageSubscription",
    Data(
        "user",
        whose=Whose.EDITORS,
        purpose=_("To write to the person where somebody remarks on a page."),
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
    ),
    person=[Account("user")],
)
work("wagtailcore.WorkflowState", "requested_by")
work(
    "wagtailcore.TaskState",
    "finished_by",
    Data(
        "comment",
        whose=Whose.EDITORS,
        purpose=_("To talk about a draft beside it."),
        ground=Ground.PUBLIC_TASK,
        kept=_LOGGED,
        erased=Erased.WORDS,
    ),
)
work("wagtailcore.UploadedFile", "uploaded_by_user", other=free("file", "kept until it is saved"))
declare(
    "wagtailusers.UserProfile",
    Data(
        "user avatar preferred_language current_time_zone dismissibles",
        whose=Whose.EDITORS,
        purpose=_("To show the person the admin as they like it."),
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
    ),
    person=[Account("user")],
    other=free("theme contrast density", "how the admin looks"),
)
for _label, _fields in (("EditingSession", "user"), ("FormState", "user data")):
    declare(
        f"wagtailadmin.{_label}",
        Data(
            _fields,
            whose=Whose.EDITORS,
            purpose=_("To warn two people who change one page, and to preview what is not saved."),
            ground=Ground.PUBLIC_TASK,
            kept=Kept(_("A day."), forget_leftovers),
        ),
        person=[Account("user")],
        other=free("object_id", "of the page")
        | (free("parent_object_id", "of the page") if _label == "FormState" else {}),
    )
declare(
    "wagtailsearch.IndexEntry",
    published("autocomplete title body"),
    other=free("object_id", "of the page"),
)
declare("wagtailsearch.SQLiteFTSIndexEntry", published("autocomplete title body"))
no_persons(
    "wagtailembeds.Embed",
    free("author_name provider_name", "nothing is embedded by this: the portal has its own"),
)
no_persons("wagtailcore.Site", free("site_name", "of the portal"))
for _label in ("Collection", "Workflow", "Task"):
    no_persons(f"wagtailcore.{_label}", free("name", "of a thing"))
for _label in ("CollectionViewRestriction", "PageViewRestriction"):
    no_persons(f"wagtailcore.{_label}", free("password", "one for all who may read"))
no_persons("taggit.Tag", free("name", "a word"))
no_persons(
    "taggit.TaggedItem wagtailredirects.Redirect wagtailadmin.Admin wagtailcore.Locale "
    "wagtailcore.GroupSitePermission wagtailcore.CollectionViewRestriction_groups "
    "wagtailcore.GroupCollectionPermission wagtailcore.WorkflowContentType "
    "wagtailcore.WorkflowTask wagtailcore.GroupApprovalTask wagtailcore.GroupApprovalTask_groups "
    "wagtailcore.GroupPagePermission wagtailcore.PageViewRestriction_groups "
    "wagtailcore.WorkflowPage wagtailcore.ReferenceIndex"
)
