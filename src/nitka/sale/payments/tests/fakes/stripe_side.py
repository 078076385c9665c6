"""Stripe's side: PaymentIntents, refunds, customers, customer sessions, signed posts, and a stand-in for Stripe.js."""

import hashlib
import hmac
import itertools
import json
import time
from pathlib import Path
from typing import Any

from nitka.sale.payments.tests.fakes.server import Answer, Gateway, Request

SECRET = "whsec_fake"
_numbers = itertools.count(1)
Thing = dict[str, Any]


def stripe_side() -> Gateway:
    return Gateway(_routes, keeps_failures=True, book={"intents": {}, "refunds": {}, "customers": {}, "means": {}})


def _routes(gateway: Gateway, asked: Request) -> Answer:
    parts = asked.path.strip("/").split("/")
    if parts[0] == "stripe.js":
        return 200, (Path(__file__).parent / "element.js").read_bytes()
    if parts[:2] == ["browser", "confirm"]:
        return 200, _confirmed_by_payer(gateway, asked.json)
    if parts[0] != "v1" or not asked.headers.get("authorization", "").startswith("Bearer sk_"):
        return 401, {"error": {"type": "authentication_error", "message": "no key"}}
    known = {
        "payment_intents": _intents, "refunds": _refunds, "customers": _customers,
        "customer_sessions": _sessions, "payment_methods": _means,
    }  # fmt: skip
    return known[parts[1]](gateway, asked, parts[2:])


def _intents(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    book = gateway.book["intents"]
    if not rest and asked.method == "POST":
        return _create(gateway, asked.form)
    if not rest:
        wanted = asked.query.get("customer")
        found = [each for each in book.values() if wanted in (None, each["customer"])]
        return 200, {"object": "list", "data": [_shown(gateway, each) for each in found], "has_more": False}
    intent = book.get(rest[0])
    if intent is None:
        return _refusal("resource_missing")
    if rest[1:] == ["capture"]:
        return _capture(gateway, intent, asked.form)
    if rest[1:] == ["cancel"]:
        if intent["status"] in ("succeeded", "processing", "canceled"):
            return _refusal("payment_intent_unexpected_state")
        intent["status"] = "canceled"
    elif asked.method == "POST":
        intent["customer"] = asked.form.get("customer") or intent["customer"]
    return 200, _shown(gateway, intent)


def _create(gateway: Gateway, form: dict[str, str]) -> Answer:
    number = f"pi_{next(_numbers)}"
    intent: Thing = {
        "id": number, "object": "payment_intent", "amount": int(form["amount"]), "currency": form["currency"],
        "status": "requires_payment_method", "amount_received": 0, "amount_capturable": 0,
        "capture_method": form.get("capture_method", "automatic"), "client_secret": f"{number}_secret_x",
        "customer": form.get("customer"), "payment_method": None, "created": int(time.time()),
        "metadata": {key[9:-1]: value for key, value in form.items() if key.startswith("metadata[")},
        "latest_charge": None, "asked": form,
    }  # fmt: skip
    gateway.book["intents"][number] = intent
    if form.get("confirm") == "true":
        behaviour = form["payment_method"].split("_")[1]
        if behaviour == "declined":
            return 402, _card_error("card_declined", intent)
        if behaviour == "authenticate":
            return 402, _card_error("authentication_required", intent)
        confirm(gateway, number, mean=form["payment_method"])
    return 200, _shown(gateway, intent)


def confirm(gateway: Gateway, number: str, mean: str = "", keep: bool = False) -> Thing:
    """The payer pressed the button in the form, and their bank agreed."""
    with gateway.lock:
        intent: Thing = gateway.book["intents"][number]
        holds = intent["capture_method"] == "manual"
        intent["status"] = "requires_capture" if holds else "succeeded"
        intent["amount_capturable" if holds else "amount_received"] = intent["amount"]
        intent["payment_method"] = mean or f"pm_ok_{number}"
        card: Thing = {"fingerprint": "print_of_annas_card", "country": "DE"}
        card |= {"capture_before": int(time.time()) + 7 * 86400, "multicapture": {"status": "available"}}
        if "single" in gateway.lies:
            card["multicapture"] = {"status": "unavailable"}
        intent["latest_charge"] = {
            "id": f"ch_{number}", "object": "charge", "amount_refunded": 0, "payment_method_details": {"card": card},
        }  # fmt: skip
        if keep:
            gateway.book["means"][intent["payment_method"]] = intent["customer"]
        return intent


def _capture(gateway: Gateway, intent: Thing, form: dict[str, str]) -> Answer:
    minor = int(form.get("amount_to_capture", intent["amount_capturable"]))
    if intent["status"] != "requires_capture" or minor > intent["amount_capturable"]:
        return _refusal("payment_intent_unexpected_state")
    intent["amount_received"] += minor
    intent["amount_capturable"] -= minor
    if form.get("final_capture", "true").lower() == "true" or not intent["amount_capturable"]:
        intent["status"], intent["amount_capturable"] = "succeeded", 0
    return 200, _shown(gateway, intent)


def _refunds(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    if asked.method == "GET":
        found = [
            each for each in gateway.book["refunds"].values() if each["payment_intent"] == asked.query["payment_intent"]
        ]
        return 200, {"object": "list", "data": found, "has_more": False}
    form = asked.form
    intent = gateway.book["intents"][form["payment_intent"]]
    minor, latest = int(form["amount"]), intent["latest_charge"]
    if not latest or latest["amount_refunded"] + minor > intent["amount_received"]:
        return _refusal("charge_already_refunded")
    latest["amount_refunded"] += minor
    number = f"re_{next(_numbers)}"
    made = {
        "id": number, "object": "refund", "amount": minor, "currency": intent["currency"], "status": "succeeded",
        "payment_intent": intent["id"],
        "metadata": {key[9:-1]: value for key, value in form.items() if key.startswith("metadata[")},
    }  # fmt: skip
    gateway.book["refunds"][number] = made
    return 200, made


def _customers(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    number = f"cus_{next(_numbers)}"
    gateway.book["customers"][number] = asked.form
    return 200, {"id": number, "object": "customer"}


def _sessions(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    return 200, {"object": "customer_session", "client_secret": f"cuss_{asked.form['customer']}"}


def _means(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    if gateway.book["means"].pop(rest[0], None) is None:
        return _refusal("resource_missing")
    return 200, {"id": rest[0], "object": "payment_method", "customer": None}


def _shown(gateway: Gateway, intent: Thing) -> Thing:
    shown = {**intent, **gateway.lies.get(intent["id"], {}), **gateway.lies.get("*", {})}
    owner = gateway.book["means"].get(intent["payment_method"])
    if owner:
        card = {"brand": "visa", "last4": "4242", "exp_year": 2031, "exp_month": 4}
        shown["payment_method"] = {
            "id": intent["payment_method"], "object": "payment_method", "type": "card", "customer": owner, "card": card,
        }  # fmt: skip
    return shown


def _confirmed_by_payer(gateway: Gateway, told: Thing) -> Thing:
    """What the stand-in for Stripe.js posts when the payer presses the button."""
    number = told["secret"].split("_secret_")[0]
    if told["number"].endswith("0002"):
        return {"error": {"message": "Your card was declined."}}
    confirm(gateway, number, keep=bool(told.get("keep")))
    return {"paymentIntent": {"id": number}}


def _refusal(code: str) -> Answer:
    return 400, {"error": {"type": "invalid_request_error", "code": code, "message": code}}


def _card_error(code: str, intent: Thing) -> Thing:
    return {"error": {"type": "card_error", "code": code, "message": code, "payment_intent": intent}}


def message(gateway: Gateway, number: str, kind: str, event_id: str = "") -> tuple[bytes, dict[str, str]]:
    """A signed post about the intent as it is now: raw body and headers."""
    told = {**gateway.book["intents"][number], **gateway.lies.get(number, {}), "latest_charge": f"ch_{number}"}
    body = {
        "id": event_id or f"evt_{next(_numbers)}", "object": "event", "type": f"payment_intent.{kind}",
        "api_version": "2026-10-28.endive", "created": int(time.time()), "data": {"object": told},
    }  # fmt: skip
    raw = json.dumps(body).encode()
    return raw, {"Stripe-Signature": signature(raw, int(time.time()))}


def signature(raw: bytes, at: int, secret: str = SECRET) -> str:
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + raw, hashlib.sha256).hexdigest()}"
