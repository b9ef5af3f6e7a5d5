"""Where the states of the network answer."""
