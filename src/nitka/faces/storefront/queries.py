"""What others may ask of the storefront."""

from nitka.faces.storefront.sitemaps import addresses as sitemap_addresses

__all__ = ["sitemap_addresses"]
