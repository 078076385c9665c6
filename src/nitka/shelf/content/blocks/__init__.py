"""What a page is built of: kinds of blocks and their fields, checking, and one language of them."""
