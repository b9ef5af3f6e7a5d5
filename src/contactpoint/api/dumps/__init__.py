"""All that the interface tells, once a night, as files to take away at once."""
