"""Screen: what is looked at on a terminal, drawn with Rich."""
