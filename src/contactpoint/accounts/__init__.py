"""Users of the admin and their second factor."""
