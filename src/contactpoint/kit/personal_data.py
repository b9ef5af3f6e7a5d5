"""What the kit keeps of people, and Django and the job queue below it."""

from django.utils.translation import gettext_lazy as _

from contactpoint.kit import (
    jobs,
    outbox,
    personal_data_of_translations,  # noqa: F401 — declares
    personal_data_of_wagtail,  # noqa: F401 — declares
)
from contactpoint.kit.forgetting import forget_sessions
from contactpoint.kit.persons import (
    Data,
    Erased,
    Ground,
    Kept,
    Mentions,
    Picked,
    Whose,
    declare,
    free,
    no_persons,
)
from contactpoint.kit.persons.requests import forget_requests
from contactpoint.kit.persons.sessions import sessions_of

declare(
    "django_tasks_database.DBTaskResult",
    Data(
        "args_kwargs return_value traceback",
        whose=Whose.EDITORS,
        purpose=_("To send mails in the background, again where a server is busy."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("7 days after it was done, 30 where it failed."), jobs.prune),
    ),
    person=[Mentions("args_kwargs return_value traceback")],
    other=free(
        "task_path worker_ids queue_name backend_name exception_class_path", "names of programs"
    ),
)
declare(
    "kit.OutboxEntry",
    Data(
        "payload error",
        whose=Whose.EDITORS,
        purpose=_("To tell parts of the portal what happened; by numbers, not by names."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("7 days after it was told."), outbox.prune),
        erased=Erased.WORDS,
    ),
    other=free("topic", "names of programs"),
)
declare(
    "kit.PersonRequest",
    Data(
        "digest",
        whose=Whose.EDITORS,
        purpose=_("To erase a person again if a backup that has them is restored."),
        ground=Ground.LAW,
        kept=Kept(_("Two years."), forget_requests),
        erased=Erased.STAYS,
        stays=_("It is a keyed digest: without it, a backup would bring the person back."),
        hidden="digest",
    ),
)
declare(
    "sessions.Session",
    Data(
        "session_data",
        whose=Whose.EDITORS,
        purpose=_("To know at each page who has signed in. Readers have no session."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("12 hours."), forget_sessions),
        hidden="session_data",
    ),
    person=[Picked(sessions_of)],
)
no_persons("kit.BorrowedWords kit.PageReads kit.Run kit.RunRange")
no_persons("contenttypes.ContentType", free("app_label", "of a program"))
