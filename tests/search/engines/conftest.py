"""The contract's tests stand in modules that are no tests by name; their asserts explain too."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"search.engines.{name}"
        for name in ("answering", "at_random", "keeping", "narrowing", "words")
    )
)
