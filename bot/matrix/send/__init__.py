"""From the outbox to the network; files, up and down."""
