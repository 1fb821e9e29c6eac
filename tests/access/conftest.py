"""What tests of accounts share: passwords that cost nothing. One test looks at what they cost."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from data.access import passwords


@pytest.fixture(scope="module", autouse=True)
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._of_nobody.cache_clear()
        yield
    passwords._of_nobody.cache_clear()
