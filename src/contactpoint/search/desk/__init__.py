"""The editors' side of the search: what was asked, what was missed, what stands first."""
