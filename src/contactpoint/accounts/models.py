"""The custom user: an editor or operator, known by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address; there are no user names."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a normalised address; a missing address is a `ValueError`."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses match whatever their case."""
        return self.get(email=normalise_address(username or ""))


def normalise_address(address: str) -> str:
    """The one spelling under which an address is stored, looked up and counted."""
    return address.strip().lower()[:254]


class User(AbstractUser):
    """Signs in by e-mail address and second factor."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    totp_step = models.BigIntegerField(
        default=0,
        editable=False,
        help_text="The newest time step whose code was accepted: no code counts twice (RFC 6238).",
    )
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        permissions = [("write_originals", _("Can write originals, not translations alone"))]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every way in, the admin's form included, stores the normalised address."""
        self.email = normalise_address(self.email)
        super().save(*args, **kwargs)


class Device(models.Model):
    """A browser that somebody signed in with, and its session: so that people see where they are
    signed in, end it, and hear of a browser that was not used before.

    Kept is no network address, and of what the browser says of itself its family alone: enough to
    tell one's own telephone from a stranger's, too little to follow anybody.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    mark = models.CharField(max_length=64, unique=True, editable=False)
    """A hash of what the browser keeps; it opens nothing."""
    name = models.CharField(max_length=60, editable=False)
    session_key = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    first_at = models.DateTimeField(editable=False)
    last_at = models.DateTimeField(editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name or str(_("A browser"))
