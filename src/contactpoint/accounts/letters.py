"""Mails about an account, to its owner. Jobs carry the key of a row, never an address; no mail
holds a code, a link that opens something, or from where somebody came."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contactpoint.accounts.models import Device, User
from contactpoint.kit.jobs import task
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.mail import send_now


def language_of(user: User) -> str:
    """What the person chose for the admin, if ever, else English."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen: str = profile.preferred_language if profile else ""
    return chosen if chosen in dict(settings.LANGUAGES) else FALLBACK_LANGUAGE


def tell_of_device(device: Device) -> None:
    """Queue the mail about a sign-in from a browser that was not used before."""
    transaction.on_commit(lambda: send_new_device.enqueue(device.pk))


def tell_of_password(user: User) -> None:
    """Queue the mail about a password that was changed."""
    transaction.on_commit(lambda: send_new_password.enqueue(user.pk))


@task(queue_name="mail")
def send_new_device(pk: int) -> None:
    """Of a device that is forgotten by now nothing is told."""
    device = Device.objects.select_related("user").filter(pk=pk).first()
    if device is None:
        return
    with translation.override(language_of(device.user)):
        when = date_format(timezone.localtime(device.first_at), "DATETIME_FORMAT")
        told = _("Somebody signed in to your account from a browser that was not used before.")
        facts = [
            _("When: %(when)s") % {"when": when},
            _("Browser: %(name)s") % {"name": device.name or _("unknown")},
        ]
        _send(device.user, _("A new device"), told, facts)


@task(queue_name="mail")
def send_new_password(pk: int) -> None:
    """The account may be gone by now."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        return
    with translation.override(language_of(user)):
        told = _("The password of your account was changed. All other sessions have ended.")
        _send(user, _("Your password was changed"), told, [])


def _send(user: User, subject: str, told: str, facts: list[str]) -> None:
    where = f"{settings.BASE_URL}{reverse('account_sessions')}"
    if_not = _(
        "If it was you, there is nothing to do. If not, end that session, change your password, "
        "and tell an administrator of this portal:"
    )
    parts = [told, *(["\n".join(facts)] if facts else []), f"{if_not}\n{where}"]
    send_now(
        user.email,
        f"{settings.SITE_NAME}: {subject}",
        "\n\n".join(parts) + "\n",
        language=language_of(user),
    )
