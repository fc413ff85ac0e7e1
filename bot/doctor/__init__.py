"""`souci doctor`: what a bot stands on, looked at beside it, and nothing of it changed."""
