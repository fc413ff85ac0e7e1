"""Envelopes and figures; what follows a decision: the invoice, then the payment."""
