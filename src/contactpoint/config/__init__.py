"""Where all meet: settings, root addresses, command line, web server."""
