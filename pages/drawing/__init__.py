"""Pictures and papers are drawn here, in a process of its own: what goes wrong in it stops no page.

It is handed all that is to be drawn as plain values, and gives bytes back. It has no key, no store, no
session and no network; it is ended when it takes too long or too much, and another one takes its place.
"""
