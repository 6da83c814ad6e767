"""The Discord server as the bot needs it: which roles and channels exist, what they are for, and who may do what."""

from dataclasses import dataclass
from enum import StrEnum


class RoleKey(StrEnum):
    """What a role is for."""

    ADMIN = "admin"
    KOL_TEAM = "kol_team"
    FINANCE = "finance"
    IT = "it"
    MARKETING = "marketing"
    CREATOR = "creator"


STAFF_ROLES = frozenset({RoleKey.ADMIN, RoleKey.KOL_TEAM, RoleKey.FINANCE, RoleKey.IT, RoleKey.MARKETING})


class ChannelKey(StrEnum):
    """What a channel is for."""

    WELCOME = "welcome"
    RULES = "rules"
    CAMPAIGNS = "campaigns"
    HELP = "help"
    STAFF = "staff"
    STAFF_LOG = "staff_log"
    GIVEAWAYS = "giveaways"
    QUIZZES = "quizzes"
    CONTENT = "content"
    EVENTS = "events"
    IT = "it"


class Access(StrEnum):
    """Who may use a command, button or form. Administrators of the server may use everything."""

    EVERYONE = "everyone"
    CREATOR = "creator"
    STAFF = "staff"
    KOL = "kol"
    FINANCE = "finance"
    IT = "it"
    ADMIN = "admin"


ACCESS_ROLES: dict[Access, frozenset[RoleKey]] = {
    Access.CREATOR: frozenset({RoleKey.CREATOR}),
    Access.STAFF: STAFF_ROLES,
    Access.KOL: frozenset({RoleKey.ADMIN, RoleKey.KOL_TEAM}),
    Access.FINANCE: frozenset({RoleKey.ADMIN, RoleKey.FINANCE}),
    Access.IT: frozenset({RoleKey.ADMIN, RoleKey.IT}),
    Access.ADMIN: frozenset({RoleKey.ADMIN}),
}


@dataclass(frozen=True)
class RoleSpec:
    """A role that /pengaturan finds by name or makes."""

    key: str
    name: str
    colour: int
    staff: bool = False


@dataclass(frozen=True)
class ChannelSpec:
    """A text channel that /pengaturan finds by name or makes. `staff_only` hides it from everyone else."""

    key: ChannelKey
    name: str
    topic: str
    staff_only: bool = False
    read_only: bool = False


@dataclass(frozen=True)
class Places:
    """Discord ids by key, as the store remembers them."""

    roles: dict[str, int]
    channels: dict[str, int]

    def channel(self, key: ChannelKey) -> int | None:
        """The channel's Discord id, None before /pengaturan has been run."""
        return self.channels.get(key)

    def role(self, key: str) -> int | None:
        """The role's Discord id, None before /pengaturan has been run."""
        return self.roles.get(key)
