"""LINE's limits on message objects, and its way of saying where a message breaks them."""

from practice_line.validation.messages import check_messages

__all__ = ["check_messages"]
