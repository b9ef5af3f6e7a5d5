"""Images, documents, sound and film, as models of our own from the first migration."""
