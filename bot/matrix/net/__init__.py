"""Requests to the homeserver, and the private files of the state directory."""
