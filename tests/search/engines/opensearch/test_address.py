"""One address says where the cluster is and who we are, and is never told to anybody."""

import pytest

from contactpoint.search.engines.base import EngineError
from contactpoint.search.engines.opensearch.address import index_name, read


def test_everything_in_an_address_is_read() -> None:
    address = read(
        "https://por%40tal:p%3Aa%2Fss@one,two:9201,three:9200/emn-be"
        "?ca=/etc/ssl/our.pem&replicas=2&timeout=2.5"
    )
    assert address.hosts == (("one", 9200), ("two", 9201), ("three", 9200))
    assert (address.tls, address.prefix, address.ca) == (True, "emn-be", "/etc/ssl/our.pem")
    assert (address.user, address.password) == ("por@tal", "p:a/ss")
    assert (address.replicas, address.timeout) == (2, 2.5)


def test_what_is_left_out_is_usual() -> None:
    address = read("https://search.example")
    assert (address.hosts, address.prefix) == ((("search.example", 9200),), "contactpoint")
    assert (address.user, address.ca, address.replicas, address.timeout) == ("", "", 1, 5.0)


def test_hosts_may_be_numbers() -> None:
    assert read("http://[::1]:9201,127.0.0.1").hosts == (("::1", 9201), ("127.0.0.1", 9200))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://one/", "must look like https://"),
        ("https://me:secret@[::1", "must look like https://"),
        ("https://me:secret@on\u2100e", "must look like https://"),
        ("https:///x", "must look like https://"),
        ("https://me:secret@one,,two", "host"),
        ("https://me:secret@one:port", "host"),
        ("https://me:secret@one two", "host"),
        ("https://me:secret@one/Big", "small letters"),
        ("https://me:secret@one/a/b", "small letters"),
        ("https://me:secret@one/_a", "small letters"),
        ("https://me:secret@one/*", "small letters"),
        ("https://me:secret@one?verify=no", "`verify`"),
        ("https://me:secret@one?replicas=-1", "`replicas`"),
        ("https://me:secret@one?timeout=nan", "`timeout`"),
        ("http://me:secret@search.example", "unencrypted"),
        ("http://me:secret@127.0.0.1,10.0.0.1", "unencrypted"),
        ("http://127.0.0.1?ca=/x.pem", "not https"),
    ],
)
def test_a_wrong_address_is_refused_in_a_sentence_without_its_secret(url: str, said: str) -> None:
    with pytest.raises(EngineError) as refused:
        read(url)
    assert said in str(refused.value)
    assert "secret" not in repr(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_name_and_password_are_not_shown() -> None:
    address = read("http://me:secret@127.0.0.1")
    assert "secret" not in repr(address)
    assert "me" not in repr(address).replace("timeout", "")


@pytest.mark.parametrize("name", ["", "A", "a/b", "a.writing", "*", "current", "-a", "x" * 200])
def test_a_name_that_the_cluster_would_misread_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        index_name("emn", name)
