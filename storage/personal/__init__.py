"""What is held about one person: gathered, and forgotten when they ask (decision 15)."""
