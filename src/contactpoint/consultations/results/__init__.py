"""What a survey found: pages and files."""
