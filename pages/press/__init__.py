"""What a newsroom takes away of a place in one go: pictures, tables, sentences, definitions, what is new."""
