"""What became of a folder that was loaded."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """What was made, what was changed, what was left since the site has it otherwise; how much is
    the same."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    same: int = 0
