"""Addresses of what stands behind the stock list: buying, reordering, the ledger; and of borders."""

from django.urls import path

from nitka.faces.backoffice.views import buying, customs, reordering

PATHS = [
    path("stock/low/", reordering.low, name="stock-low"),
    path("stock/low/draft", reordering.draft, name="stock-draft"),
    path("stock/dead/", reordering.dead, name="stock-dead"),
    path("stock/ledger/<uuid:variant_id>/", reordering.ledger, name="stock-ledger"),
    path("stock/ledger/<uuid:variant_id>/move", reordering.move, name="stock-move"),
    path("stock/ledger/<uuid:variant_id>/rule", reordering.rule, name="stock-rule"),
    path("stock/inbound/", buying.inbound, name="inbound"),
    path("stock/suppliers/", buying.suppliers, name="suppliers"),
    path("stock/suppliers/<slug:code>/", buying.supplier, name="supplier"),
    path("stock/buying/", buying.show, name="buying"),
    path("stock/buying/new", buying.new, name="purchase-new"),
    path("stock/buying/<uuid:purchase_id>/", buying.one, name="purchase"),
    path("stock/buying/<uuid:purchase_id>/change", buying.change, name="purchase-change"),
    path("stock/buying/<uuid:purchase_id>/announce", buying.announce, name="purchase-announce"),
    path("stock/buying/<uuid:purchase_id>/inbound/<uuid:shipment_id>", buying.receive, name="inbound-receive"),
    path("stock/buying/<uuid:purchase_id>/do/<slug:what>", buying.deed, name="purchase-do"),
    path("settings/customs/", customs.show, name="customs"),
    path("settings/customs/<slug:what>", customs.save, name="customs-save"),
    path("orders/<str:code>/customs-<slug:paper>.pdf", customs.paper, name="customs-paper"),
    path("products/<uuid:product_id>/customs", customs.product, name="product-customs"),
]
