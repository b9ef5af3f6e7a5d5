"""“I looked for this”: a reader sends a question on to the editors, by one click, as nobody."""
