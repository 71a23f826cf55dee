"""Model: the values that the rooms pass on: filings, findings, changes, the ledger. Frozen; no I/O."""
