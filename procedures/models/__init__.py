"""Tables of the catalogue."""

from procedures.models.exemption import ExemptionRule
from procedures.models.procedure import Field, Procedure, Sector
from procedures.models.register import CatalogueRevision, SearchMiss
from procedures.models.terms import ChannelTerms, FeeItem, LegalBasis, RequiredPaper
from procedures.models.usual import UsualTime
from procedures.models.version import ProcedureVersion, Situation

__all__ = [
    "CatalogueRevision",
    "ChannelTerms",
    "ExemptionRule",
    "FeeItem",
    "Field",
    "LegalBasis",
    "Procedure",
    "ProcedureVersion",
    "RequiredPaper",
    "SearchMiss",
    "Sector",
    "Situation",
    "UsualTime",
]
