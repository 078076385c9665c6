"""The channel rules a shop begins with. They follow the meaning of GA4's default channel groups, which merchants know,
and add the assistants; order decides."""

from nitka.people.events.channels import Rule

PAID = ("*cp*", "ppc", "retargeting", "paid*")
# "shop" as the beginning of a word, or after an e as in eshop; not the end of workshop.
SHOP = (r"~(.*[^a-df-z])?shop.*", "*shopping*")
SOCIAL_MEDIA = ("social", "social-network", "social-media", "sm", "social network", "social media")
E_MAIL = ("email", "e-mail", "e_mail", "e mail", "newsletter")

DEFAULT_RULES: tuple[Rule, ...] = (
    Rule("direct", source=("(direct)",), medium=("(none)", "(not set)")),
    Rule("cross_network", campaign=("*cross-network*",)),
    Rule("paid_shopping", source=("@shopping",), medium=PAID),
    Rule("paid_shopping", campaign=SHOP, medium=PAID),
    Rule("paid_search", source=("@search",), medium=PAID),
    Rule("paid_social", source=("@social",), medium=PAID),
    Rule("paid_video", source=("@video",), medium=PAID),
    Rule("display", medium=("display", "banner", "expandable", "interstitial", "cpm")),
    Rule("paid_other", medium=PAID),
    Rule("ai_assistants", source=("@ai",)),
    Rule("ai_assistants", medium=("ai", "ai-assistant", "ai_assistant", "llm")),
    Rule("email", source=E_MAIL),
    Rule("email", medium=E_MAIL),
    Rule("email", source=("@mail",), medium=("referral",)),
    Rule("affiliates", medium=("affiliate", "affiliates")),
    Rule("organic_shopping", source=("@shopping",)),
    Rule("organic_shopping", campaign=SHOP),
    Rule("organic_social", source=("@social",)),
    Rule("organic_social", medium=SOCIAL_MEDIA),
    Rule("organic_video", source=("@video",)),
    Rule("organic_video", medium=("*video*",)),
    Rule("organic_search", source=("@search",)),
    Rule("organic_search", medium=("organic",)),
    Rule("referral", medium=("referral", "app", "link")),
    Rule("audio", medium=("audio",)),
    Rule("sms", source=("sms",)),
    Rule("sms", medium=("sms",)),
    Rule("push", medium=("*push", "*mobile*", "*notification*")),
    Rule("push", source=("firebase",)),
    # A tag without a medium still tells who sent them.
    Rule("referral", source=("*.*",), medium=("(not set)",)),
)
