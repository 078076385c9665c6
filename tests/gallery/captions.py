"""What the gallery says below each picture. A name here is a picture's; each has what one sees, and one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caption:
    """`title` is the alternative text as well: it says what is to be seen."""

    name: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Section:
    """`beside`: the pictures are of phones, and stand beside each other."""

    title: str
    captions: tuple[Caption, ...]
    beside: bool = False


ARRIVING = Section("Coming in", (
    Caption("home", "Home page of the demo shop",
            "One scene, one sentence, the categories in pictures; no carousel, and nothing that moves by itself."),
    Caption("category", "Category of chairs with filters",
            "Filters with counts at the left, sorting in words, colours, stars, price and promise on each card."),
    Caption("search-mistake", "Search results for a word with a typing mistake",
            "The search forgives: “lonuge chiar” finds the lounge chair, and says what it looked for."),
    Caption("collection", "Collection page",
            "Collections gather goods of several categories around one table, with words of their own."),
    Caption("maker", "Page of a maker", "Who makes a thing, where, and what else comes from the same hands."),
))  # fmt: skip
DECIDING = Section("Deciding", (
    Caption("product", "Product page of a dining chair",
            "Pictures at the left, the decision at the right: price, variants with names, when it arrives, one button."),
    Caption("measures", "Picture of a chair from the front with its measures",
            "Measures are drawn on the picture from the front, in one's own units, for the size that is chosen."),
    Caption("fit", "Measures of a product, and whether it fits",
            "Enter the measures of the place, and the answer comes in words for each variant."),
    Caption("model", "Model of a chair in three dimensions",
            "A model to turn, and to stand in one's own room with a phone; loaded when asked for, from the shop itself."),
    Caption("product-reviews", "Reviews below a product",
            "Distribution, counted topics, “bought here” where it was; good and bad reviews alike."),
    Caption("reviews", "All reviews of a product", "Filters by stars, pictures, language and topic are links one can share."),
    Caption("questions", "Questions and answers about a product",
            "Answers by the shop and by those who have it at home; the asker is told by mail."),
    Caption("compare", "Three products side by side",
            "Up to four of any kind, aligned by attribute and unit, differences and the best marked, address to share."),
    Caption("wish-list", "Wish list with two things on it",
            "Hearts work without an account; who asks for it hears when something costs less or is back."),
))  # fmt: skip
READING = Section("Reading", (
    Caption("article", "Article about weaving a seat",
            "Articles are made of blocks in the back office; the goods that they speak of are one tap away."),
    Caption("landing", "Landing page made of blocks",
            "A landing page: scene, columns, products, comparison, quiz, quote and a letter."),
    Caption("quiz", "Result of a quiz", "The quiz ends in goods, and says why; it needs neither JavaScript nor a cookie."),
))  # fmt: skip
BUYING = Section("Buying", (
    Caption("cart", "Cart drawer over a product page",
            "What is in the cart, what is missing for free delivery, the sum, and one button."),
    Caption("checkout", "Checkout on one page", "One column, the thread at its side, the summary always in sight."),
    Caption("order", "Order page with the parcel on its way",
            "The thread of the parcel with promised and real dates, and what can be done now."),
    Caption("return", "Announcing a return",
            "Sending back needs no letter: choose the pieces, say why, print the label or show its code."),
    Caption("account", "Account of a customer", "Orders, addresses, reviews, means of payment and one's own data."),
    Caption("mail", "Mail that confirms an order", "Mails have one thing to do, and read the same without pictures."),
))  # fmt: skip
EVERYWHERE = Section("On a phone, in the dark, in other letters", (
    Caption("phone-home-pl-dark", "Home page in Polish on a phone, dark", "Polish, dark"),
    Caption("phone-category-bg", "Category in Bulgarian on a phone", "Bulgarian"),
    Caption("phone-product-hy", "Product page in Armenian on a phone", "Armenian"),
    Caption("phone-checkout-ru", "Checkout in Russian on a phone", "Russian"),
    Caption("phone-article-nb-dark", "Article in Norwegian on a phone, dark", "Norwegian, dark"),
    Caption("phone-offline", "Page shown on a phone without a connection", "Without a connection"),
    Caption("phone-office-dark", "Back office on a phone, dark", "Back office, dark"),
), beside=True)  # fmt: skip
KEEPING = Section("Behind the counter", (
    Caption("office-home", "First page of the back office", "What waits for somebody today, and how the shop goes."),
    Caption("office-orders", "List of orders", "Every list has search, filters with an address, counts, CSV and keys."),
    Caption("office-order", "Order in the back office", "The order, its story, its customer, and the next deed as a button."),
    Caption("office-thread", "Thread of one customer",
            "Visits, orders, mails and messages of one person in order, whoever they were when it began."),
    Caption("office-desk", "Conversation with a customer", "What they wrote, what they bought, and the answer."),
    Caption("office-numbers", "Contacts per hundred orders", "How many of a hundred orders made somebody write, and about what."),
    Caption("office-product", "Product in the editor", "Texts by language, variants, prices, stock, pictures and models on one page."),
    Caption("office-page", "Page editor with blocks", "Pages of blocks with versions, schedule and preview; no HTML by hand."),
    Caption("office-reviews", "Queue of reviews", "New reviews wait for a look; j and k walk, p shows, x refuses with a reason."),
    Caption("office-seo", "What search engines miss", "Titles and descriptions that are missing, double or too long, with links to mend."),
    Caption("office-feeds", "Report of a product feed", "What Google's feed would refuse, named by product and field."),
    Caption("office-social", "Posts for social networks", "Drafts for new goods and offers, to be read and scheduled."),
    Caption("office-texts", "Check of texts", "Spelling, length, reading ease and missing languages of each page and product."),
    Caption("office-warehouse", "Warehouse of today", "What to pick and pack today, in the order of the promises."),
))  # fmt: skip
SECTIONS = (ARRIVING, DECIDING, READING, BUYING, EVERYWHERE, KEEPING)
NAMES = tuple(caption.name for section in SECTIONS for caption in section.captions)
