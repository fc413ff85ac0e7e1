"""What keeps a running bot well, and tells how it is: checks, logs, measures, repairs."""
