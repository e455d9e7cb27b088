"""All records, one class a file. Import them from here."""

from saisaat.records.account import Account, RoleGrant
from saisaat.records.audit_event import AuditEvent, AuditHead
from saisaat.records.campaign import Campaign, ExcusedWeek, Kpi, Quota
from saisaat.records.campaign_clock import CampaignClock
from saisaat.records.channel import Channel
from saisaat.records.delivery import Attempt, Delivery, SentMessage
from saisaat.records.group import Group
from saisaat.records.inbound_event import InboundEvent
from saisaat.records.item import Item, Media, Review, Topic
from saisaat.records.ledger import LedgerEntry, LedgerRefusal, QuotaReading
from saisaat.records.line_identity import LineIdentity
from saisaat.records.office import Office
from saisaat.records.person import Person
from saisaat.records.plan_entry import PlanEntry
from saisaat.records.province import Province
from saisaat.records.report import Report
from saisaat.records.sealing_key import SealingKey
from saisaat.records.signature import Signature
from saisaat.records.tracking import Acknowledgement, Closeout, Comment, Reaction, TapCount
from saisaat.records.working_group import WorkingGroupMember

__all__ = [
    "Account",
    "Acknowledgement",
    "Attempt",
    "AuditEvent",
    "AuditHead",
    "Campaign",
    "CampaignClock",
    "Channel",
    "Closeout",
    "Comment",
    "Delivery",
    "ExcusedWeek",
    "Group",
    "InboundEvent",
    "Item",
    "Kpi",
    "LedgerEntry",
    "LedgerRefusal",
    "LineIdentity",
    "Media",
    "Office",
    "Person",
    "PlanEntry",
    "Province",
    "Quota",
    "QuotaReading",
    "Reaction",
    "Report",
    "Review",
    "RoleGrant",
    "SealingKey",
    "SentMessage",
    "Signature",
    "TapCount",
    "Topic",
    "WorkingGroupMember",
]
