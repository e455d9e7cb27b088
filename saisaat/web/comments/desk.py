"""The feedback desk: what is still to be done, filtered, and the easy ones confirmed by the dozen."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions.answer import keep_template
from saisaat.actions.track import confirm_many as confirm_all
from saisaat.domain.answers import LONGEST_ANSWER
from saisaat.domain.errors import DomainError
from saisaat.domain.feedback import NEEDS_NO_ANSWER, UNSURE, CommentKind
from saisaat.domain.roles import Deed
from saisaat.queries import desk, pages
from saisaat.queries.desk import DeskFilter
from saisaat.records import clock
from saisaat.records.models import Comment
from saisaat.web.access import Visit, needs
from saisaat.web.comments.views import shown
from saisaat.web.words import COMMENT_KINDS, said

PAGE_SIZE = 30


def easily_confirmed(row: Comment) -> bool:
    """Whether the machine is sure that it needs no answer, and no person has judged it."""
    return not row.kind and row.guess in NEEDS_NO_ANSWER and row.confidence >= UNSURE


@require_safe
@needs(Deed.SEE)
def comments(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All comments of the campaign, by what is still to be done."""
    asked = request.GET
    show, kind = asked.get("show", ""), asked.get("kind", "")
    wanted = DeskFilter(
        show=pages.CommentShow(show) if show in set(pages.CommentShow) else pages.CommentShow.TODO,
        kind=CommentKind(kind) if kind in set(CommentKind) else None,
        group=asked.get("group", "")[:16],
        owner=asked.get("owner", "")[:16],
        unsure=bool(asked.get("unsure")),
    )
    campaign = pages.current_campaign(visit.province)
    page = Paginator(desk.on_the_desk(visit.province, campaign, wanted), PAGE_SIZE).get_page(asked.get("page"))
    may_answer = visit.may(Deed.ANSWER_COMMENT)
    context = {
        "campaign": campaign,
        "page": page,
        "comments": shown(visit, page.object_list),
        "easy": [row.pk for row in page.object_list if easily_confirmed(row)],
        "wanted": wanted,
        "shows": list(pages.CommentShow),
        "kinds": COMMENT_KINDS,
        "groups": desk.groups_of(visit.province),
        "owners": desk.may_own_comments(visit.province) if may_answer else [],
        "may_answer": may_answer,
        "here": request.get_full_path(),
    }
    return render(request, "saisaat/comments/comments.html", context)


@require_POST
@needs(Deed.ANSWER_COMMENT)
def confirm_many(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Agree with the machine on the ticked thanks and greetings."""
    ticked = request.POST.getlist("comment")[:PAGE_SIZE]
    rows = list(Comment.of(visit.province).filter(pk__in=ticked))
    done = confirm_all(comments=rows, person=visit.person, by=visit.actor, now=clock.now())
    if done:
        told = _("ยืนยันและปิดความเห็น %(count)s รายการแล้ว")
        messages.success(request, told % {"count": done})
    else:
        messages.error(request, _("ยังไม่ได้เลือกความเห็นที่ยืนยันพร้อมกันได้ จึงไม่มีอะไรเปลี่ยน"))
    return redirect(reverse("comments"))


class TemplateForm(forms.Form):
    """Words to answer with again."""

    title = forms.CharField(label=gettext_lazy("ชื่อแม่แบบ"), max_length=80)
    text = forms.CharField(
        label=gettext_lazy("ข้อความ"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.ANSWER_COMMENT)
def templates(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The office's answer templates. The same title replaces the earlier words."""
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            keep_template(
                province=visit.province, title=told["title"], text=told["text"], by=visit.actor, now=clock.now()
            )
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("เก็บแม่แบบคำตอบแล้ว"))
            return redirect("comments-templates")
    context = {"form": form, "templates": desk.templates(visit.province)}
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/comments/templates.html", context, status=status)
