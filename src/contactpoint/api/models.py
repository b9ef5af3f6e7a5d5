"""What the interface for programs keeps for itself, each beside what it is for."""

from contactpoint.api.harvesting.models import Harvested

__all__ = ["Harvested"]
