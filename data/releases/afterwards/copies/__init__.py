"""Releases on other machines: the signed list that one installation gives out, and a copy that follows it."""
