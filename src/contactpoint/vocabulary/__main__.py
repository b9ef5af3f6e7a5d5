"""Runs the vocabulary's command line."""

from contactpoint.vocabulary.commandline import main

raise SystemExit(main())
