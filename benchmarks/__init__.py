"""Measurements against public data sets, which stay outside the project."""
