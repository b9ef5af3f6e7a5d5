"""What a round is about, as the one annotator reads it."""

from django.db import models

from contactpoint.consultations.models.rounds import Round


class Subject(models.Model):
    """Concepts that a round's own words name, so that a later one on the same is found.

    `concepts`: `{slug: weight}`, the weight between 0 and 1, those that an editor chose at 1.
    `questions`: `{code: [slug, …]}`. `read_with` tells the glossary and the words that it was read
    from: where that differs it is read anew.
    """

    round = models.OneToOneField(
        Round, on_delete=models.CASCADE, primary_key=True, related_name="subject"
    )
    concepts = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    read_with = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"subject of round {self.round_id}"
