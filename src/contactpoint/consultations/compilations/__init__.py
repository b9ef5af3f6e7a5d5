"""The answers of states side by side: pages and files."""
