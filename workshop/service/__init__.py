"""The use cases, each one function: join, answer, open_round, reveal, export …

`app.py` builds the service at the start and installs it here; pages ask `current()`.
"""

from __future__ import annotations

from workshop.service.access import Access
from workshop.service.adopting import Adopting
from workshop.service.analysing import Analysing
from workshop.service.asking import Asking
from workshop.service.editing import Editing
from workshop.service.importing import Importing
from workshop.service.moderating import Moderating
from workshop.service.preparing import Preparing
from workshop.service.rehearsing import Rehearsing
from workshop.service.running import Running
from workshop.service.segments import Segmenting
from workshop.service.standing_in import StandingIn
from workshop.service.statements import Stating
from workshop.service.taking_part import TakingPart
from workshop.service.templating import Templating


class Service(
    Access,
    Preparing,
    Stating,
    Templating,
    Editing,
    Asking,
    Adopting,
    Importing,
    Running,
    Moderating,
    TakingPart,
    StandingIn,
    Rehearsing,
    Analysing,
    Segmenting,
):
    """All use cases over one store, one clock and one circle of listeners."""


_installed: list[Service] = []


def install(service: Service) -> None:
    """Make this the service of the process."""
    _installed[:] = [service]


def current() -> Service:
    """The service of this process.

    Raises:
        RuntimeError: before `install`, which is a mistake of the programmer.
    """
    if not _installed:
        raise RuntimeError("No service is installed: the server installs one when it starts.")
    return _installed[0]


__all__ = ["Service", "current", "install"]
