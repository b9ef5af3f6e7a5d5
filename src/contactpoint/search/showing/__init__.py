"""What a reader sees of a search: the address, the choices beside the results, the results."""
