"""The desk's pages of the admin; each says itself who may see what."""
