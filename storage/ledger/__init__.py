"""The ledger: entries appended, the items they tell, the figures summed from them."""
