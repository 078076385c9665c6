"""The demo shop: its words, numbers and pictures, and the one function that loads them."""
