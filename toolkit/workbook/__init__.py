"""Workbook: files that a clerk opens, written anew, or a delivered one edited in its place."""
