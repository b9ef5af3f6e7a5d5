"""Gives the built package the loose requirements of base.in; the pins stay in base.txt."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RequirementsHook(MetadataHookInterface):
    """Reads `requirements/base.in`, one requirement a line."""

    def update(self, metadata: dict[str, object]) -> None:
        lines = Path(self.root, "requirements", "base.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
