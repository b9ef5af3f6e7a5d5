"""What people do: the only functions that write several objects."""
