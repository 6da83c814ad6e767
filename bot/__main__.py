"""`python -m bot` is the same as `tscreator`."""

from bot.cli import main

main()
