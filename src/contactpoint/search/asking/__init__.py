"""From a reader's question to results: what was meant, what answers, in which order, and why."""
