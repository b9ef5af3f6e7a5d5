"""Official figures: cubes with flags and vintages, their changes, and sentences that say them.

A pure library: no web framework. Read a file with `contactpoint.figures.formats.read`, take a
`Series` from the cube, ask it for changes. See `docs/decisions/0033-figures.md`.
"""
