"""A circle that arrives in mid-year: its tables read, line by line, and what is wrong with them."""
