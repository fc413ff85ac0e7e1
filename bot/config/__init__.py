"""The configuration: one file, read strictly, and the rules that it gives."""
