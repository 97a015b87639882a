"""What templates can say, by those who read the pages; nothing that decides."""
