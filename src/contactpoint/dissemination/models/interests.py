"""What can be followed: a rule, one row however many follow it.

A rule is a list of groups that all have to hold (AND); a group is a list of atoms of which one is
enough (OR). An atom is `<what>:<value>`: `theme:housing`, `concept:asylum-seeker`, `country:BE`,
`institution:<slug>`, `kind:publication`, `thing:<key of a search document>`, `newsletter:main`, or
`question:<address of a search>` for whatever a search page shows.
"""

from django.db import models


class Interest(models.Model):
    """A rule in its one canonical form; `digest` is made from that."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    rule = models.JSONField(editable=False)
    needs = models.JSONField(default=list, editable=False)
    """Sets of lookups (`matching.sheets`); a thing for which the rule holds has one of each."""
    read_with = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    """With which state of the glossary its searches were taken apart; empty where it has none."""
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return " and ".join(" or ".join(group) for group in self.rule)
