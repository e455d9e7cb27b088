"""All records, one class a file. Import them from here."""

from saisaat.records.account import Account, RoleGrant
from saisaat.records.answer import Answer
from saisaat.records.answer_template import AnswerTemplate
from saisaat.records.appointment_order import AppointmentOrder
from saisaat.records.audit_event import AuditEvent, AuditHead
from saisaat.records.brand import Brand
from saisaat.records.campaign import Campaign, ExcusedWeek, Kpi, Quota
from saisaat.records.campaign_clock import CampaignClock
from saisaat.records.channel import Channel
from saisaat.records.clip_watch import ClipCount, ClipWatch
from saisaat.records.comment_box import CommentBox, WaitingSlot
from saisaat.records.content_version import ContentVersion
from saisaat.records.correction import Correction
from saisaat.records.delivery import Attempt, Delivery, SentMessage
from saisaat.records.denominator import Denominator
from saisaat.records.duty_turn import DutyTurn
from saisaat.records.feedback_phrase import FeedbackPhrase
from saisaat.records.first_run import FirstRun
from saisaat.records.group import Group
from saisaat.records.guess_count import GuessCount
from saisaat.records.inbound_event import InboundEvent
from saisaat.records.invitation import Invitation
from saisaat.records.item import Item, Media, Review, Topic
from saisaat.records.item_version import ItemVersion
from saisaat.records.ledger import LedgerEntry, LedgerRefusal, QuotaReading
from saisaat.records.line_identity import LineIdentity
from saisaat.records.link_code import LinkCode
from saisaat.records.link_request import LinkRequest
from saisaat.records.office import Office
from saisaat.records.own_picture import OwnPicture
from saisaat.records.person import Person
from saisaat.records.plan_change import PlanChange
from saisaat.records.plan_entry import PlanEntry
from saisaat.records.posting import Posting
from saisaat.records.province import Province
from saisaat.records.quiz_count import QuizCount
from saisaat.records.reader_count import ReaderCount
from saisaat.records.reading import Reading
from saisaat.records.report import Report
from saisaat.records.sealing_key import SealingKey
from saisaat.records.signature import Signature
from saisaat.records.staff_upload import StaffUpload
from saisaat.records.submission import Submission
from saisaat.records.tracking import Acknowledgement, Closeout, Comment, NearAcknowledgement, Reaction, TapCount
from saisaat.records.traffic_log_decision import TrafficLogDecision
from saisaat.records.view import View
from saisaat.records.working_group import WorkingGroupMember

__all__ = [
    "Account",
    "Acknowledgement",
    "Answer",
    "AnswerTemplate",
    "AppointmentOrder",
    "Attempt",
    "AuditEvent",
    "AuditHead",
    "Brand",
    "Campaign",
    "CampaignClock",
    "Channel",
    "ClipCount",
    "ClipWatch",
    "Closeout",
    "Comment",
    "CommentBox",
    "ContentVersion",
    "Correction",
    "Delivery",
    "Denominator",
    "DutyTurn",
    "ExcusedWeek",
    "FeedbackPhrase",
    "FirstRun",
    "Group",
    "GuessCount",
    "InboundEvent",
    "Invitation",
    "Item",
    "ItemVersion",
    "Kpi",
    "LedgerEntry",
    "LedgerRefusal",
    "LineIdentity",
    "LinkCode",
    "LinkRequest",
    "Media",
    "NearAcknowledgement",
    "Office",
    "OwnPicture",
    "Person",
    "PlanChange",
    "PlanEntry",
    "Posting",
    "Province",
    "QuizCount",
    "Quota",
    "QuotaReading",
    "Reaction",
    "ReaderCount",
    "Reading",
    "Report",
    "Review",
    "RoleGrant",
    "SealingKey",
    "SentMessage",
    "Signature",
    "StaffUpload",
    "Submission",
    "TapCount",
    "Topic",
    "TrafficLogDecision",
    "View",
    "WaitingSlot",
    "WorkingGroupMember",
]
