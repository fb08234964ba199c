"""Every way the team changes, and every way its people come in and go out."""

from vigil.team.commands.access import Entrant, sign_in, sign_out
from vigil.team.commands.hiring import FIRST_LINK_KEEPS, Hired, Hiring, ensure_teams_of_the_profile, hire
from vigil.team.commands.resetting import ask_for_reset, reset_password, write_reset_letter
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
    "Entrant",
    "Hired",
    "Hiring",
    "ask_for_reset",
    "change_password",
    "choose_interface",
    "clear_old_tries",
    "end_sessions",
    "ensure_agent",
    "ensure_queue",
    "ensure_team",
    "ensure_teams_of_the_profile",
    "hire",
    "note_at_desk",
    "reset_password",
    "sign_in",
    "sign_out",
    "switch_off",
    "switch_on",
    "write_reset_letter",
]
