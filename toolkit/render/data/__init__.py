"""Data: what programs read: JSON documents and the long table."""
