"""One file per family of commands; the table of all of them."""
