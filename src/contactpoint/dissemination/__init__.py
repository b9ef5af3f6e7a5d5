"""What readers follow, what is written to them, and what is posted for them."""
