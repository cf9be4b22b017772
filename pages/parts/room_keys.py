"""The console's keys: each does what its button does, and what is refused is said as there."""

from __future__ import annotations

from pages.parts import acting, keys, room_panel, room_timer
from pages.parts.acting import Console


def draw(console: Console) -> None:
    """Listen to the keyboard, with a quiet button that tells what the keys are."""
    t = console.who.t
    keys.keys(t, keys.of_the_room(t), lambda action: press(console, action), key="console-keys")


def press(console: Console, action: str) -> None:
    """Do what a key says. *Next* is the large button, with the statements chosen below it, and
    the timer takes the minutes that stand beside its button.

    While the console looks at another question, the keys go on with the room.
    """
    who, w = console.who, console.workshop_id
    if action == "next":
        main = room_panel.primary(console)
        if main is not None:
            acting.run(console, main.do, main.follow)
            return
    if action == "timer":
        acting.run(console, lambda: room_timer.turn(console))
        return
    # The others change nothing of what this console looks at.
    follow = action in ("next", "back", "result")
    acting.run(console, keys.deeds(who.service, who.actor, w)[action], follow)
