"""Values to sentences, as text and HTML, in both languages; and to the JSON that programs read."""
