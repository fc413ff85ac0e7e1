"""From the network to the inbox."""
