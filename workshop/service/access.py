"""Signing in: links, the passphrase, and what a cookie opens."""

from __future__ import annotations

from workshop.access import (
    LINK_LIFE,
    ONCE_LIFE,
    SESSION_LIFE,
    hash_token,
    new_token,
    require_moderator,
)
from workshop.errors import Forbidden
from workshop.i18n import N_
from workshop.model import VISITOR, Actor, Role
from workshop.ports import Tx
from workshop.service.base import Base


class Access(Base):
    """Who may do what, and how they prove it."""

    def grant_link(
        self, actor: Actor, role: Role, workshop_id: str | None, *, once: bool = False
    ) -> str:
        """A new secret that opens the console or the stage, for a link or a QR code.

        `once` links are spent by their first use. Raises `Forbidden` unless the actor may
        moderate that workshop (all of them for None).
        """
        require_moderator(actor, workshop_id)
        token, now = new_token(), self.clock()
        life = ONCE_LIFE if once else LINK_LIFE

        def grant(tx: Tx) -> None:
            tx.grant(hash_token(token), role, workshop_id, now + life, once=once, now=now)

        self.store.write(grant)
        return token

    def sign_in_by_link(self, token: str) -> tuple[str, Actor]:
        """A session for whoever holds a valid link: the cookie's value, and who that is.

        Raises:
            Forbidden: when the link is unknown, expired, or was used already.
        """
        session, now = new_token(), self.clock()

        def use(tx: Tx) -> Actor:
            found = tx.use_grant(hash_token(token), now)
            if found is None:
                raise Forbidden(
                    "bad-link",
                    N_("This link is not valid any more. Please ask for a new one."),
                )
            role, workshop_id = found
            tx.grant(
                hash_token(session), role, workshop_id, now + SESSION_LIFE, once=False, now=now
            )
            return Actor(role, workshop_id)

        return session, self.store.write(use)

    def sign_in_by_passphrase(self, attempt: str) -> str:
        """A session for whoever knows the passphrase: the cookie's value.

        Raises:
            Forbidden: when it is wrong, or none is set.
        """
        if not self.passphrase.matches(attempt):
            raise Forbidden("bad-passphrase", N_("This is not the passphrase."))
        session, now = new_token(), self.clock()

        def grant(tx: Tx) -> None:
            expires = now + SESSION_LIFE
            tx.grant(hash_token(session), Role.MODERATOR, None, expires, once=False, now=now)

        self.store.write(grant)
        return session

    def sign_out(self, *tokens: str | None) -> None:
        """These cookies' values open nothing any more, wherever else they may lie."""
        hashes = [hash_token(token) for token in tokens if token]

        def revoke(tx: Tx) -> None:
            for hashed in hashes:
                tx.revoke(hashed)

        if hashes:
            self.store.write(revoke)

    def who(self, *tokens: str | None) -> Actor:
        """Whom these tokens (a cookie's, a stage link's) speak for; the strongest one counts."""
        now = self.clock()
        hashes = [hash_token(token) for token in tokens if token]
        if not hashes:
            return VISITOR
        found = self.store.read(lambda reader: [reader.access(h, now) for h in hashes])
        actors = [Actor(role, workshop) for role, workshop in (f for f in found if f)]
        rank = [Role.VISITOR, Role.STAGE, Role.MODERATOR, Role.OPERATOR]
        return max(
            actors, key=lambda a: (rank.index(a.role), a.workshop_id is None), default=VISITOR
        )
