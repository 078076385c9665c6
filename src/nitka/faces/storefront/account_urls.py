"""Addresses of the account, of signing in, and of the demo's mailbox."""

from django.urls import URLPattern, URLResolver, include, path

from nitka.faces.storefront import (
    account,
    account_addresses,
    account_messages,
    account_privacy,
    account_returns,
    account_security,
    account_sign_in,
    gift_card,
    mailbox,
    saved_means,
)

_account: list[URLPattern | URLResolver] = [
    path("", account.overview, name="account"),
    path("orders", account.order_list, name="account_orders"),
    path("returns", account_returns.listing, name="account_returns"),
    path("credit", gift_card.listing, name="account_credit"),
    path("means", saved_means.listing, name="account_means"),
    path("messages", account_messages.listing, name="account_messages"),
    path("about", account.about, name="account_about"),
    path("export", account_privacy.export, name="account_export"),
    path("erase", account_privacy.erase, name="account_erase"),
    path("erased", account_privacy.erased, name="account_erased"),
    path("addresses", account_addresses.listing, name="account_addresses"),
    path("addresses/new", account_addresses.edit, name="account_address_new"),
    path("addresses/<uuid:address_id>", account_addresses.edit, name="account_address"),
    path("addresses/<uuid:address_id>/delete", account_addresses.delete, name="account_address_delete"),
    path("security", account_security.security, name="account_security"),
    path("passkeys/begin", account_security.passkey_begin, name="account_passkey_begin"),
    path("passkeys/add", account_security.passkey_add, name="account_passkey_add"),
    path("passkeys/<int:passkey_id>/remove", account_security.passkey_remove, name="account_passkey_remove"),
    path("sessions/<int:session_id>/end", account_security.session_end, name="account_session_end"),
    path("sessions/end-others", account_security.sessions_end, name="account_sessions_end"),
    path("sign-in", account_sign_in.sign_in, name="sign_in"),
    path("code", account_sign_in.code, name="sign_in_code"),
    path("passkey/begin", account_sign_in.passkey_begin, name="sign_in_passkey_begin"),
    path("passkey", account_sign_in.passkey, name="sign_in_passkey"),
    path("sign-out", account_sign_in.sign_out, name="sign_out"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("<language:language>/account/", include(_account)),
    path("<language:language>/gift-card", gift_card.ask, name="gift_card"),
    path("<language:language>/gift-card/balance", gift_card.balance, name="gift_card_balance"),
    path("mailbox/", mailbox.listing, name="mailbox"),
    path("mailbox/<uuid:mail_id>/", mailbox.letter, name="mailbox_letter"),
    path("mailbox/<uuid:mail_id>/answer", mailbox.answer, name="mailbox_answer"),
    path("mailbox/<uuid:mail_id>/body", mailbox.body, name="mailbox_body"),
    path("mailbox/<uuid:mail_id>/files/<uuid:attachment_id>", mailbox.attachment, name="mailbox_attachment"),
]
