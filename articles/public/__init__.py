"""The site for readers: addresses, views and what their templates need."""
