"""Tags and filters of statistics."""
