"""Pictures as bytes: what they are, what is written in them, what is made of them."""
