"""A form sent twice acts once: its token is claimed before the view runs and settled with where it led."""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from saisaat.records.models import Account, Submission

KEPT_FOR = timedelta(days=2)


def claim(*, account: Account, token: str) -> str | None:
    """None when the form may act now; else where its first sending led ("" while that one is still at work)."""
    try:
        with transaction.atomic():
            Submission.everywhere.create(province_id=account.province_id, account=account, token=token)
    except IntegrityError:
        return led_to(account=account, token=token)
    return None


def led_to(*, account: Account, token: str) -> str:
    """Where the form's first sending led; "" while it is at work."""
    earlier = Submission.of(account.province_id).filter(account=account, token=token)
    return earlier.values_list("location", flat=True).first() or ""


def settle(*, account: Account, token: str, location: str) -> None:
    """The form has acted and led to `location`. Tokens past their time go with it."""
    Submission.of(account.province_id).filter(account=account, token=token).update(location=location[:300])
    Submission.everywhere.filter(sent_at__lt=datetime.now(UTC) - KEPT_FOR).delete()


def release(*, account: Account, token: str) -> None:
    """The form was refused and did nothing: corrected, it may be sent again."""
    Submission.of(account.province_id).filter(account=account, token=token).delete()
