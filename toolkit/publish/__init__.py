"""Filing → the statutory report an organ publishes."""
