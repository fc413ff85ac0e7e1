"""Steps that several families share: finding things, counting, naming, telling."""
