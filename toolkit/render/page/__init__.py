"""Page: what is looked at in a browser."""
