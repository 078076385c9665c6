"""Posts that write themselves, for people to look at."""

from datetime import time

from django.db import transaction

from nitka.ground import clock
from nitka.growth.campaigns import drafting
from nitka.growth.campaigns.models import Network, SocialPost
from nitka.shelf.content import queries as content

# Who brings a hundred thousand products along does not want as many posts.
PRODUCTS_A_DAY = 10


@transaction.atomic
def draft_news() -> int:
    """Draft a post for each network about what was published or began a short while ago; how many were made.

    Nothing is sent: people edit and schedule it. Asking again makes nothing twice, also when two ask at once, and
    what somebody deleted is asked for no more once it is no news.
    """
    zone = content.shop().zone
    day = clock.at_local(clock.today(zone), time(), zone)
    done = SocialPost.objects.filter(kind=SocialPost.Kind.PRODUCT, made_at__gte=day).exclude(source="")
    left = PRODUCTS_A_DAY - done.values("source").distinct().count()
    news = [*drafting.begun_offers(), *(drafting.new_products(left) if left > 0 else ())]
    wanted = [(each, network) for each in news for network in Network.values]
    sources = {each.source for each in news}
    known = set(SocialPost.objects.filter(source__in=sources).values_list("source", "network"))
    rows = [
        SocialPost(
            network=network, language=drafting.language(), kind=each.kind, source=each.source, text=each.text,
            path=each.path, picture=each.picture, picture_alt=each.picture_alt, made_at=clock.now(),
            changed_at=clock.now(),
        )
        for each, network in wanted
        if (each.source, network) not in known
    ]  # fmt: skip
    SocialPost.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
