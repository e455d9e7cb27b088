"""A province's topics as the domain knows them."""

from saisaat.domain.topics import Topic, Verified
from saisaat.records.models import Topic as TopicRow


def topic_of(row: TopicRow) -> Topic:
    return Topic(
        id=row.code,
        topic=row.topic,
        headline=row.headline,
        body=row.body,
        law=row.law,
        section=row.section,
        verified=Verified(row.verified),
        applies_to=tuple(row.applies_to),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        publishable=row.publishable,
        cite_check=row.cite_check,
        tags=tuple(row.tags),
    )


def topics_of(province: str) -> tuple[Topic, ...]:
    """All points the province holds, in the bank's order."""
    return tuple(topic_of(row) for row in TopicRow.of(province))
