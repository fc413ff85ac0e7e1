"""The command line: a module a word, imported only when that word is typed."""
