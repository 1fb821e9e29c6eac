"""A figure as it is printed or posted: with its sentence, its source and its licence in the picture itself.

All of it follows from (release, figure, choices, language, form), so the same address has the same bytes.
"""
