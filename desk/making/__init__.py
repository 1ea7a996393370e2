"""A made-up world of any size: offices, staff and cases as they might be, written by `make_data`."""
