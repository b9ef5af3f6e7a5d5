"""Where files are stored: what an operator may write, and what is refused in a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from contactpoint.config.storage import (
    Bucket,
    backed_up_in,
    bucket,
    keys,
    of_backups,
    stored_in,
)

GOOD = "s3://files/portal/be?endpoint=https://s3.example.org:9000&region=eu-west-1"


def test_a_bucket_of_ones_own_and_one_of_amazon() -> None:
    assert bucket("") is None
    assert bucket(GOOD) == Bucket(
        "files", "portal/be", "https://s3.example.org:9000", "eu-west-1", "path"
    )
    assert bucket("s3://files?region=eu-west-1") == Bucket("files", "", "", "eu-west-1", "host")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/var/files", "must be empty or s3://"),
        ("https://s3.example.org/files", "must be empty or s3://"),
        ("s3://id:secret@files?region=x", "keys stand in CONTACTPOINT_STORAGE_KEYS"),
        ("s3://Files?region=x", "“Files” is no name of a bucket"),
        ("s3://files/../up?region=x", "a folder has letters"),
        ("s3://files", "the region of Amazon's bucket is missing"),
        ("s3://files?endpoint=s3.example.org", "an endpoint is https://HOST"),
        ("s3://files?endpoint=https://s3.example.org/path", "without a path"),
        ("s3://files?endpoint=https://id:secret@host", "an endpoint is https://HOST"),
        ("s3://files?acl=public&region=x", "“acl” means nothing"),
        ("s3://files?region=x&region=y", "stands there twice"),
        ("s3://files?region=x&style=other", "style is path or host"),
    ],
)
def test_a_mistake_is_told_without_a_secret(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_STORAGE_URL") as refused:
        bucket(text)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_keys_stand_in_the_setting_or_in_a_file(tmp_path: Path) -> None:
    assert keys("") == ("", "")
    assert keys("ID:se/cr+et:1") == ("ID", "se/cr+et:1")
    file = tmp_path / "keys"
    file.write_text("ID:secret\n")
    assert keys(str(file)) == ("ID", "secret")


@pytest.mark.parametrize("text", ["secret", "ID:", ":secret", "ID:sec ret", "ID:sec\nret"])
def test_keys_that_are_none_are_not_shown(text: str) -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_STORAGE_KEYS must be ID:SECRET") as refused:
        keys(text)
    assert "sec" not in str(refused.value)


def test_a_file_of_keys_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="/nowhere/keys can't be read"):
        keys("/nowhere/keys")


def test_one_is_not_given_without_the_other() -> None:
    with pytest.raises(ImproperlyConfigured, match="without CONTACTPOINT_STORAGE_KEYS"):
        stored_in(bucket(GOOD), ("", ""))
    with pytest.raises(ImproperlyConfigured, match="without CONTACTPOINT_STORAGE_URL"):
        stored_in(None, ("ID", "secret"))
    assert "FileSystemStorage" in stored_in(None, ("", ""))["BACKEND"]


def test_the_bucket_of_backups_is_told_by_its_own_settings() -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_BACKUP_URL must be empty"):
        of_backups(bucket)("/var/files")
    assert backed_up_in(None, ("", "")) is None
    options = backed_up_in(bucket(GOOD), ("id", "secret"))
    assert options is not None
    assert options["folder"] == "portal/be"
    for where, known in ((bucket(GOOD), ("", "")), (None, ("id", "secret"))):
        with pytest.raises(ImproperlyConfigured, match="belong together"):
            backed_up_in(where, known)
