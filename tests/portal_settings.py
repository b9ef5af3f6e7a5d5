"""The portal's settings for tests, with a data folder of their own that no real site shares."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="contactpoint-test-")
os.mkdir(os.path.join(_folder, "static"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["CONTACTPOINT_ENVIRONMENT"] = "test"
os.environ["CONTACTPOINT_DATA"] = _folder
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the journeys hold an event loop open beside us

from contactpoint.config.settings import *  # noqa: E402, F403 — after the environment is set
