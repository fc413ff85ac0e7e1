"""What people declare, the questions on it, their statements, the structures that are paid."""
