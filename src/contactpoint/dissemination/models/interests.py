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
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return " and ".join(" or ".join(group) for group in self.rule)


class InterestAtom(models.Model):
    """Where a rule is looked up: the atoms of its most selective group, without which it can't
    hold. The other groups are looked at only when one of these has been met."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="atoms")
    atom = models.CharField(max_length=200, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["interest", "atom"], name="atom_of_interest_once")
        ]

    def __str__(self) -> str:
        return self.atom
