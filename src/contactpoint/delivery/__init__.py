"""Kept pages: what anybody may see, finished and compressed, given ahead of everything else."""
