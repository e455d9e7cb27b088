"""The fresh check's part of a form."""

from typing import Any

from django import template
from django.template.context import RequestContext

from saisaat.web.account.confirm import Way, line_is_fresh, way_of

register = template.Library()


@register.inclusion_tag("saisaat/account/_confirm_fields.html", takes_context=True)
def confirm_fields(context: RequestContext) -> dict[str, Any]:
    """What the signed-in account has to type, or that LINE has just confirmed it."""
    request = context["request"]
    way = way_of(request.visit)
    return {"way": way.value, "fresh": way is Way.LINE and line_is_fresh(request), "here": request.get_full_path()}
