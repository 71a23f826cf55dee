"""Inputs as strangers may send them, built by code."""
