"""The editors' screens: they draw and validate; `articles.store` writes."""
