"""`python -m dhis2cfg`."""

from dhis2cfg.cli.app import main

main()
