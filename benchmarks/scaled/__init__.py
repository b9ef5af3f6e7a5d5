"""Parts of `scale.py`: the site that grows, what is asked of it, how cost grows."""
