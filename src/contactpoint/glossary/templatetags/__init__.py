"""Template tags of the glossary."""
