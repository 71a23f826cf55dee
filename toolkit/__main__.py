"""`python -m toolkit` is the command `xls`."""

from toolkit.cli import main

main()
