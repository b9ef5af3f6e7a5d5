"""What people do: each function checks, then writes, then tells, in one transaction."""
