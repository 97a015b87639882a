"""The kinds of cases, by what makes them hard."""
