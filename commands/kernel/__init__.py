"""What a command is: its shape, who may run it, where, and who is told."""
