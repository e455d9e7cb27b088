"""Reads a Thai project proposal: `read(text)` gives a `Proposal`, `Proposal.to_json()` plain values."""

from saisaat.domain.proposal.model import Doubt, Evidence, Kpi, Period, Proposal, Quota, Signature, Target
from saisaat.domain.proposal.reader import read

__all__ = ["Doubt", "Evidence", "Kpi", "Period", "Proposal", "Quota", "Signature", "Target", "read"]
