"""Addresses of wish lists."""

from django.urls import URLPattern, URLResolver, path

from nitka.faces.storefront import wishes
from nitka.faces.storefront.opening import sells

urlpatterns: list[URLPattern | URLResolver] = [
    path("<language:language>/wishes/", sells(wishes.page), name="wishes"),
    path("<language:language>/wishes/mine", wishes.mine, name="wishes_mine"),
    path("<language:language>/wishes/put", sells(wishes.put), name="wish_put"),
    path("<language:language>/wishes/drop", wishes.drop, name="wish_drop"),
    path("<language:language>/wishes/change", wishes.change, name="wish_change"),
    path("<language:language>/wishes/make", wishes.make, name="wish_list_make"),
    path("<language:language>/wishes/settle", wishes.settle, name="wish_list_settle"),
    path("<language:language>/wishes/buy", sells(wishes.buy), name="wish_list_buy"),
    path("<language:language>/wishes/leave", wishes.leave, name="wishes_leave"),
    path("<language:language>/wishes/shared/<str:token>", sells(wishes.shared), name="wishes_shared"),
]
