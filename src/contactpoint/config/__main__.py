"""`python -m contactpoint.config`: the command line, wherever the console script is."""

from contactpoint.config.commandline import main

main()
