"""From what was admitted to what will be sent: one event, one transaction, one answer."""
