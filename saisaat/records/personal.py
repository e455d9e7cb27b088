"""What every stored text may tell about a person. A test fails when a new text or binary field is not named here.

Of other packages' tables two may tell of a person: `mfa_authenticator.data` (secret: sealed under the master key) and
`django_session.session_data` (pseudonym: an account's id; links and codes shown once lie in it sealed).

How long each is kept: docs/explanation/privacy.md. The page docs/reference/personal-fields.md is written from this.
"""

from enum import StrEnum


class Kept(StrEnum):
    """How a stored text relates to people. The value is the class's name in the documents."""

    NONE = "none"
    """Says nothing about a person."""
    SEALED = "sealed"
    """Personal, under a key of the person or of a class of rows; shredding the key erases it everywhere."""
    SECRET = "secret"  # noqa: S105 - the name of a class
    """A credential or what opens one: sealed, hashed slowly, or wiped once used."""
    KEYED_HASH = "keyed hash"
    """A pseudonym that only the folder's master key can make; nobody can go back from it."""
    PSEUDONYM = "pseudonym"
    """A random id that leads to a person only through the sealed `Person` row, or a platform's id of a message."""
    POST = "post or role"
    """What somebody is in the office. In a small office it points to a person, so it is not published."""
    STAFF_WORDS = "words of staff"
    """Free text that staff write as part of the record. It may name a person; nobody has to."""
    PLAIN = "plain"
    """Personal and readable in the database: part of a public document, or needed to sign in."""


_BY_CLASS: dict[Kept, dict[str, str]] = {
    Kept.SEALED: {
        "Person": "name_sealed",
        "LineIdentity": "user_sealed",
        "InboundEvent": "payload_sealed",
        # The signed proposal as it was read, signatories' names among it.
        "Campaign": "content_sealed",
        "Reading": "source_sealed found_sealed",
        "Correction": "before_sealed",
        "ContentVersion": "content_sealed",
        "AppointmentOrder": "told_sealed",
        "Comment": "text_sealed name_sealed",
        "WaitingSlot": "sealed",
        "StaffUpload": "tables_sealed steps_sealed",
        "LinkRequest": "name_sealed user_sealed",
    },
    Kept.SECRET: {
        "Account": "password",
        "Channel": "credentials_sealed",
        "SealingKey": "wrapped",
        "Attempt": "token token_sha256",
        "Invitation": "token_sha256",
        "FirstRun": "token_sha256",
        "SentMessage": "quote_token",
        "LinkCode": "code_hash",
    },
    Kept.KEYED_HASH: {
        "LineIdentity": "user_hash",
        "GuessCount": "key",
        "View": "who",
        "ClipWatch": "who",
        "LinkRequest": "user_hash",
        "Acknowledgement": "who",
        "NearAcknowledgement": "who",
        "Reaction": "who",
        "Comment": "who receipt",
    },
    Kept.PSEUDONYM: {
        "Account": "id",
        "Invitation": "id",
        "Person": "id",
        "PlanChange": "fields",
        "LineIdentity": "id",
        "LinkCode": "id",
        "LinkRequest": "id",
        "AuditEvent": "actor object_id",
        "Report": "by",
        "Closeout": "by",
        "Comment": "message_id",
        "Answer": "message_id",
        "Acknowledgement": "event_id",
        "NearAcknowledgement": "event_id",
        "Reaction": "event_id",
        "InboundEvent": "event_id",
    },
    Kept.POST: {
        "Person": "position level staff_type",
        "Posting": "position level staff_type began ended",
        "RoleGrant": "role",
        "Invitation": "roles",
        "Signature": "role acting_for",
        "WorkingGroupMember": "role",
    },
    Kept.STAFF_WORDS: {
        "ExcusedWeek": "reason",
        "Posting": "reason",
        "Denominator": "source",
        "Answer": "text",
        "AnswerTemplate": "text title",
        "ReaderCount": "note",
        "PlanChange": "reason",
        "Reading": "source_name",
        "Delivery": "reason",
        "FeedbackPhrase": "phrase",
        "Review": "note",
        "Signature": "reason voided_reason",
        "PlanEntry": "withdrawn_reason",
        "OwnPicture": "owner proof consent",
        "Comment": "answer hidden_reason",
        "TrafficLogDecision": "grounds",
        "WorkingGroupMember": "duties",
        "Kpi": "text",
        "Quota": "what",
    },
    Kept.PLAIN: {
        "Account": "username",
    },
    Kept.NONE: {
        "Province": "id code name letter_code language",
        "Brand": "primary secondary address telephone",
        "Denominator": "basis",
        "Answer": "id way state detail",
        "AnswerTemplate": "id",
        "ReaderCount": "id",
        "Office": "id kind name",
        "Campaign": "id title office_name status week_rule content_sha256 settings",
        "Quota": "kind per",
        "Kpi": "no measure",
        "Signature": "id content_sha256 decision",
        "Reading": "source_sha256",
        "Correction": "field how question",
        "ContentVersion": "sha256",
        "AppointmentOrder": "id number",
        "Channel": "id kind name api_base stopped_reason push_stopped_month liff_id",
        "Group": "id channel_group name audience code",
        "Topic": "code topic headline body law section verified applies_to tags",
        "Media": "id sha256 content_type",
        "Item": "id kind slug style title text alt citation clip spec quiz canonical sha256 status approved_sha256",
        "ItemVersion": "id title text alt spec quiz sha256",
        "OwnPicture": "id licence",
        "Review": "id sha256 checklist",
        "PlanEntry": "id kind title late_policy",
        "PlanChange": "kind title",
        "Delivery": "id style reuse_note approved_sha256 state way",
        "Attempt": ("mark way retry_key body body_sha256 canonical_sha256 worker outcome detail request_id"),
        "SentMessage": "message_id",
        "InboundEvent": "kind",
        "Comment": "id origin guess kind",
        "Closeout": "no_figure_reason comment_record",
        "LedgerEntry": "kind purpose",
        "LedgerRefusal": "reason",
        "Report": "id kind figures file_sha256",
        "FeedbackPhrase": "kind",
        "AuditHead": "last_hash",
        "AuditEvent": "action object_type digest previous hash",
        "SealingKey": "id purpose",
        "WaitingSlot": "id",
        "TrafficLogDecision": "choice",
        "Submission": "token location",
        "StaffUpload": "id sha256 choices state plan_sha256 counts",
        "GuessCount": "kind",
    },
}

FIELDS: dict[str, Kept] = {
    f"{model}.{field}": kept
    for kept, models in _BY_CLASS.items()
    for model, fields in models.items()
    for field in fields.split()
}
"""Every stored text or binary field, as "Model.field", with its class."""
