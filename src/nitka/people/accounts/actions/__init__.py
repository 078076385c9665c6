"""Verbs of accounts."""

from nitka.people.accounts.actions.audit import record
from nitka.people.accounts.actions.codes import WrongCode, ask_code, check_code
from nitka.people.accounts.actions.factors import (
    FactorProblem,
    TotpSetup,
    add_passkey,
    begin_passkey,
    begin_passkey_sign_in,
    check_passkey,
    check_second_factor,
    confirm_totp,
    new_recovery_codes,
    remove_passkey,
    remove_totp,
    start_totp,
)
from nitka.people.accounts.actions.links import LinkProblem, make_sign_in_link, use_sign_in_link
from nitka.people.accounts.actions.passwords import PasswordProblem, check_password, set_password
from nitka.people.accounts.actions.sessions import (
    close_session,
    end_other_sessions,
    end_session,
    keep_session,
    open_session,
)
from nitka.people.accounts.actions.staff import StaffProblem, invite_staff, set_role
from nitka.people.accounts.actions.tokens import TokenProblem, make_api_token, note_token_used, revoke_api_token
from nitka.people.accounts.doors import LockedOut

__all__ = [
    "FactorProblem",
    "LinkProblem",
    "LockedOut",
    "PasswordProblem",
    "StaffProblem",
    "TokenProblem",
    "TotpSetup",
    "WrongCode",
    "add_passkey",
    "ask_code",
    "begin_passkey",
    "begin_passkey_sign_in",
    "check_code",
    "check_passkey",
    "check_password",
    "check_second_factor",
    "close_session",
    "confirm_totp",
    "end_other_sessions",
    "end_session",
    "invite_staff",
    "keep_session",
    "make_api_token",
    "make_sign_in_link",
    "new_recovery_codes",
    "note_token_used",
    "open_session",
    "record",
    "remove_passkey",
    "remove_totp",
    "revoke_api_token",
    "set_password",
    "set_role",
    "start_totp",
    "use_sign_in_link",
]
