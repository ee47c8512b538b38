"""Who acts: an officer in exactly one membership, as all queries, actions and templates know them."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from staff.errors import OfficeError
from staff.language import RECORD
from staff.models import Membership
from staff.rights import DUTIES, RIGHTS, Capability, Role


@dataclass(frozen=True)
class Actor:
    """An officer at work in one membership.

    Args:
        field_codes: the fields whose cases the actor sees; empty means every field.
    """

    officer_id: int
    officer_name: str
    membership_id: int
    role: Role
    title: str
    commune_id: int | None
    commune_gso: str
    commune_name: str
    reception_point_id: int | None
    reception_point_name: str
    field_codes: frozenset[str]
    capabilities: frozenset[Capability]

    @property
    def alike(self) -> Self:
        """All who have the same rights and fields as one: without a name, at nobody's desk in no commune.

        What is written once for them is filled in with officer and commune; see ``seated``.
        """
        nobody: dict[str, Any] = {"officer_id": 0, "officer_name": "", "membership_id": 0, "title": ""}
        nowhere: dict[str, Any] = {"commune_id": 0, "commune_gso": "", "commune_name": ""}
        return replace(self, **nobody, **nowhere, reception_point_id=None, reception_point_name="")

    def seated(self, *, officer: int = 0, commune: int) -> Self:
        """Somebody alike, as this officer in this commune."""
        return replace(self, officer_id=officer, commune_id=commune)

    def may(self, capability: Capability) -> bool:
        """Whether this membership's role has the capability."""
        return capability in self.capabilities

    @property
    def duty(self) -> str | Promise:
        """What the actor does here, in the words that stand under the name."""
        return DUTIES[self.role]

    @property
    def home_id(self) -> int:
        """The commune that this actor works for.

        Raises:
            OfficeError: ``no_commune`` for a membership of the province.
        """
        if self.commune_id is None:
            raise OfficeError("no_commune", _("Tài khoản cấp tỉnh không làm việc trên hồ sơ của xã."))
        return self.commune_id

    @property
    def sees_fields(self) -> frozenset[str] | None:
        """The fields whose cases the actor sees; None means every field."""
        return self.field_codes or None

    def sees_field(self, code: str) -> bool:
        """Whether cases of this field are the actor's concern."""
        return not self.field_codes or code in self.field_codes


def actor_for(membership: Membership) -> Actor:
    """The officer of a membership at work in it; leaders see every field, whatever is listed."""
    role = Role(membership.role)
    commune, point = membership.commune, membership.reception_point
    capabilities = RIGHTS[role]
    sees_all = Capability.VIEW_ALL_FIELDS in capabilities
    return Actor(
        officer_id=membership.officer_id,
        officer_name=membership.officer.full_name,
        membership_id=membership.pk,
        role=role,
        title=membership.title or _recorded(role),
        commune_id=membership.commune_id,
        commune_gso=commune.gso_code if commune else "",
        commune_name=commune.name if commune else "",
        reception_point_id=membership.reception_point_id,
        reception_point_name=point.short_name if point else "",
        field_codes=frozenset() if sees_all else frozenset(membership.field_codes),
        capabilities=capabilities,
    )


def _recorded(role: Role) -> str:
    """A role as it is written beside a name in the history of a case, whatever the screen speaks."""
    with translation.override(RECORD):
        return str(role.label)
