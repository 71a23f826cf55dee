"""Good filings damaged by chance: what comes of them is a sentence of ours, or the same figures."""
