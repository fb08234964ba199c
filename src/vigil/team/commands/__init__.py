"""Every way the team changes, and every way its people come in and go out."""

from vigil.team.commands.access import Admitted, Entrant, confirm_password, knock, sign_in, sign_out, turn_away
from vigil.team.commands.factors import add_codes, add_passkey, draw_secret, remove_factor, renew_recovery_codes, reset_factors
from vigil.team.commands.hiring import FIRST_LINK_KEEPS, Hired, Hiring, ensure_teams_of_the_profile, hire
from vigil.team.commands.people import Standing, change_standing, invite, remove
from vigil.team.commands.profile import Profile, change_profile, change_shortcuts, choose_availability
from vigil.team.commands.proving import prove_by_code, prove_by_passkey, prove_by_recovery_code
from vigil.team.commands.resetting import ask_for_reset, change_own_password, reset_password, write_reset_letter
from vigil.team.commands.sessions import Browser, begin_session, clear_sessions, end_other_sessions, end_session, move_session
from vigil.team.commands.silence import SILENT_AFTER, find_silent, forget_listeners, keep_signs, note_given_back
from vigil.team.commands.staff import (
    change_password,
    choose_interface,
    end_sessions,
    ensure_agent,
    ensure_queue,
    ensure_team,
    note_at_desk,
    switch_off,
    switch_on,
)
from vigil.team.commands.throttling import clear_old_tries

__all__ = [
    "FIRST_LINK_KEEPS",
    "SILENT_AFTER",
    "Admitted",
    "Browser",
    "Entrant",
    "Hired",
    "Hiring",
    "Profile",
    "Standing",
    "add_codes",
    "add_passkey",
    "ask_for_reset",
    "begin_session",
    "change_own_password",
    "change_password",
    "change_profile",
    "change_shortcuts",
    "change_standing",
    "choose_availability",
    "choose_interface",
    "clear_old_tries",
    "clear_sessions",
    "confirm_password",
    "draw_secret",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "ensure_agent",
    "ensure_queue",
    "ensure_team",
    "ensure_teams_of_the_profile",
    "find_silent",
    "forget_listeners",
    "hire",
    "invite",
    "keep_signs",
    "knock",
    "move_session",
    "note_at_desk",
    "note_given_back",
    "prove_by_code",
    "prove_by_passkey",
    "prove_by_recovery_code",
    "remove",
    "remove_factor",
    "renew_recovery_codes",
    "reset_factors",
    "reset_password",
    "sign_in",
    "sign_out",
    "switch_off",
    "switch_on",
    "turn_away",
    "write_reset_letter",
]
