"""What all tests share: a data folder of their own, so that none touches a real one."""

import os
import tempfile

os.environ.setdefault("CONTACTPOINT_ENVIRONMENT", "test")
os.environ["CONTACTPOINT_DATA"] = tempfile.mkdtemp(prefix="contactpoint-test-")
