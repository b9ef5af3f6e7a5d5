"""From the text of an item to a proposal for a page: each module infers one thing and says why."""

from contactpoint.intake.inference.inference import Inference, infer

__all__ = ["Inference", "infer"]
