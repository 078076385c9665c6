"""`python -m nitka.config.cli`: the same as `nitka`."""

from nitka.config.cli import main

main()
