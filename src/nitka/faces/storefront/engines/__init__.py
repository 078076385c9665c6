"""Search engines that want to be told what changed, a folder each: `NAME`, `is_on()`, `tell(addresses)`."""

from types import ModuleType

from nitka.faces.storefront.engines import indexnow

ENGINES: tuple[ModuleType, ...] = (indexnow,)
