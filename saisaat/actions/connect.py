"""Connecting: a channel, its groups, and people's own accounts on it."""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from saisaat.actions.admit import check_may_or_system
from saisaat.channels import get_channel
from saisaat.channels.base import Channel as ChannelPort
from saisaat.domain.errors import Invalid
from saisaat.domain.liff import check_liff_id
from saisaat.domain.messages import QuotaReading as Reading
from saisaat.domain.roles import Actor, Deed
from saisaat.domain.topics import Audience
from saisaat.records import audit
from saisaat.records.models import Channel, Group, LineIdentity, Person, Province, QuotaReading
from saisaat.records.sealing import keyed_hash, new_key, seal, unseal


def connect_channel(
    *, province: Province, kind: str, name: str, credentials: dict[str, str], api_base: str, by: Actor, now: datetime
) -> Channel:
    """Keep a channel's credentials, sealed. Nothing is called here. The account it replaces is retired: its groups are
    left, and what was planned for them stays unsent.
    """
    check_may_or_system(by, Deed.CONNECT_CHANNEL)
    if kind not in settings.CHANNELS:
        raise Invalid(
            "ไม่รู้จักช่องทาง “%(kind)s” ยังไม่ได้บันทึก ช่องทางที่ใช้ได้คือ %(channels)s",
            kind=kind,
            channels=", ".join(settings.CHANNELS),
        )
    get_channel(settings.CHANNELS[kind], **credentials)
    with transaction.atomic():
        _retire(Channel.of(province).filter(retired_at__isnull=True), by, now)
        key = new_key(province, "channel", now)
        channel = Channel.everywhere.create(
            province=province,
            kind=kind,
            name=name,
            api_base=api_base,
            credentials_sealed=seal(key, json.dumps(credentials)),
            key=key,
        )
        audit.append(by=by, action="channel.connect", row=channel, now=now)
    return channel


def _retire(channels: QuerySet[Channel], by: Actor, now: datetime) -> None:
    for channel in channels.select_for_update():
        Group.of(channel.province_id).filter(channel=channel, left_at__isnull=True).update(left_at=now, used=False)
        Channel.of(channel.province_id).filter(pk=channel.pk).update(retired_at=now)
        audit.append(by=by, action="channel.retire", row=channel, now=now)


def replace_credentials(*, channel: Channel, credentials: dict[str, str], by: Actor, now: datetime) -> None:
    """New credentials for the same account. What is stored for it, its groups and its webhook address stay."""
    check_may_or_system(by, Deed.CONNECT_CHANNEL)
    get_channel(settings.CHANNELS[channel.kind], **credentials)
    with transaction.atomic():
        channel = Channel.of(channel.province_id).select_for_update().select_related("key").get(pk=channel.pk)
        channel.credentials_sealed = seal(channel.key, json.dumps(credentials))
        channel.stopped_at = channel.stopped_reason = None
        channel.save(update_fields=["credentials_sealed", "stopped_at", "stopped_reason"])
        audit.append(by=by, action="channel.credentials", row=channel, now=now)


def name_channel(*, channel: Channel, name: str, by: Actor, now: datetime) -> None:
    """The account's name as the service gives it."""
    check_may_or_system(by, Deed.CONNECT_CHANNEL)
    with transaction.atomic():
        if Channel.of(channel.province_id).filter(pk=channel.pk).exclude(name=name).update(name=name):
            audit.append(by=by, action="channel.name", row=channel, now=now)


def set_liff(*, channel: Channel, liff_id: str, by: Actor, now: datetime) -> None:
    """The LIFF app that opens our phone pages from now on; empty for none. What was sent keeps the links it has."""
    check_may_or_system(by, Deed.CONNECT_CHANNEL)
    checked = check_liff_id(liff_id)
    with transaction.atomic():
        if Channel.of(channel.province_id).filter(pk=channel.pk).exclude(liff_id=checked).update(liff_id=checked):
            audit.append(by=by, action="channel.liff", row=channel, now=now)


def open_channel(channel: Channel, **extra: object) -> ChannelPort:
    """The channel ready to be called. `extra` goes to its constructor (a transport of a rehearsal)."""
    credentials = json.loads(unseal(channel.key, channel.credentials_sealed) or "{}")
    base = {"api_base": channel.api_base} if channel.api_base else {}
    return get_channel(settings.CHANNELS[channel.kind], **credentials, **base, **extra)


def add_group(
    *, channel: Channel, channel_group: str, name: str, audience: Audience, by: Actor, now: datetime
) -> Group:
    """A group the account was invited to, with whom it is for. Known already: its name and audience are updated."""
    check_may_or_system(by, Deed.CONNECT_CHANNEL)
    with transaction.atomic():
        position = Group.of(channel.province_id).count()
        group, _ = Group.everywhere.update_or_create(
            channel=channel,
            channel_group=channel_group,
            defaults={"name": name, "audience": audience, "used": True, "left_at": None},
            create_defaults={
                "province_id": channel.province_id,
                "name": name,
                "audience": audience,
                "position": position,
                "joined_at": now,
            },
        )
        audit.append(by=by, action="group.add", row=group, now=now)
    return group


def link_identity(*, channel: Channel, person: Person, user: str, by: Actor, now: datetime) -> LineIdentity:
    """Tie a person's own account on the channel to them. Only that person, or the program for them, does it."""
    if not by.is_system and by.id != person.pk:
        raise Invalid("ผูกบัญชี LINE ได้เฉพาะของตนเอง ยังไม่ได้บันทึก โปรดให้เจ้าของบัญชีเป็นผู้ผูก")
    with transaction.atomic():
        identity, _ = LineIdentity.everywhere.update_or_create(
            channel=channel,
            user_hash=keyed_hash(user),
            defaults={
                "province_id": channel.province_id,
                "person": person,
                "user_sealed": seal(person.key, user),
                "linked_at": now,
            },
        )
        audit.append(by=by, action="line_identity.link", row=identity, now=now)
    return identity


def read_members(*, group: Group, count: int, now: datetime) -> None:
    """Keep the head count the channel gave for `group`."""
    Group.everywhere.filter(pk=group.pk).update(members=count, members_read_at=now)


def keep_quota_reading(*, channel: Channel, reading: Reading) -> None:
    """Keep what the channel's quota endpoints said, with the time of reading."""
    QuotaReading.everywhere.create(
        province_id=channel.province_id,
        channel=channel,
        limit=reading.limit,
        used=reading.used,
        read_at=reading.read_at,
    )
