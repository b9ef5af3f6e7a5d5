"""Commands of guidance."""
