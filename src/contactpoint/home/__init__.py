"""The front page, standard pages and menus."""
