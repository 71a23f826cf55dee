"""Inplace: the one editor of an existing .xlsx, part by part; what it does not change stays byte for byte."""
