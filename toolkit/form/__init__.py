"""Form: the edition as data, read from its file: tables, words, rules, and where each figure stands on a sheet."""
