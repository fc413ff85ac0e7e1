"""The rooms we are in: who is there, who may what, how we come and go."""
