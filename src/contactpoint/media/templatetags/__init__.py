"""Tags for pages about files."""
