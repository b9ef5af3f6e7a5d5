"""Where editors see what waits for translation, and translate."""
