"""Years: a filing beside those of other years: found, compared, moved from one form into the next."""
