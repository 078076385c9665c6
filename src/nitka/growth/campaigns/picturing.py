"""The picture of a post, as every network takes it: a square JPEG."""

from nitka.ground import pictures

SIDE = 1080


def square(file: str) -> str:
    """The address below MEDIA_URL of the square that is made of a kept picture; empty where it cannot be read."""
    return pictures.square_jpeg(file, folder="social", side=SIDE)
