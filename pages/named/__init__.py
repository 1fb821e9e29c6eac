"""Every figure of the public pages by its name: what it is made of, from choices and language alone."""
