"""What every test of the embedded server may ask for."""

import pytest

from tests.unit.sandbox.server import Server


@pytest.fixture
def server() -> Server:
    """A fresh 2.42."""
    return Server()
