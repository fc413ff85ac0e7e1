"""Our device's encryption: nio's machine, fed with what we have checked ourselves."""
