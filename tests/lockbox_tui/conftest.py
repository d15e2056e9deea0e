"""What the tests of the program share."""

import pytest

from lockbox_tui.settings import Settings
from tests.lockbox_tui.demo.demo_site import built_demo


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo site as it is after it was built; tests that change it take a copy."""
    return built_demo(tmp_path_factory.mktemp("demo"))
