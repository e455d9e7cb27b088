"""The question under an item, written beside it in the studio."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions.quiz import set_quiz
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.errors import DomainError
from saisaat.domain.quiz import LONGEST_CHOICE, LONGEST_QUESTION, LONGEST_WHY, MOST, make_quiz
from saisaat.domain.roles import Deed
from saisaat.queries import studio
from saisaat.records import clock
from saisaat.records.models import Item
from saisaat.web.access import Visit, needs
from saisaat.web.words import said

_LABELS = [gettext_lazy("ข้อ 1"), gettext_lazy("ข้อ 2"), gettext_lazy("ข้อ 3"), gettext_lazy("ข้อ 4")]


class QuizForm(forms.Form):
    """A question with two to four answers, one of them right, and why."""

    question = forms.CharField(label=gettext_lazy("คำถาม"), required=False, max_length=LONGEST_QUESTION)
    choice_0 = forms.CharField(label=_LABELS[0], required=False, max_length=LONGEST_CHOICE)
    choice_1 = forms.CharField(label=_LABELS[1], required=False, max_length=LONGEST_CHOICE)
    choice_2 = forms.CharField(label=_LABELS[2], required=False, max_length=LONGEST_CHOICE)
    choice_3 = forms.CharField(label=_LABELS[3], required=False, max_length=LONGEST_CHOICE)
    answer = forms.TypedChoiceField(
        label=gettext_lazy("ข้อที่ถูก"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=list(enumerate(_LABELS)),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("คำอธิบายหลังตอบ"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("ผู้อ่านเห็นทันทีที่ตอบ ไม่ว่าถูกหรือผิด"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COMPOSE)
def quiz(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Write, change or clear the question. The reviewers approve it with the item."""
    found = studio.making(visit.province, item_id)
    if found is None or found.item.kind == ItemKind.ANNOUNCEMENT:
        raise Http404(_("ไม่พบสื่อนี้"))
    item = found.item
    if found.published or item.status == ItemStatus.DISCARDED:
        messages.error(request, _("สื่อชิ้นนี้แก้ไม่ได้แล้ว หากต้องการแบบใหม่ โปรดทำสำเนา"))
        return redirect("studio-item", item.pk)
    form = QuizForm(request.POST or None, initial=_initial(item, len(found.versions)))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = make_quiz(
                told["question"], [told[f"choice_{no}"] for no in range(MOST)], told["answer"], told["why"]
            )
            set_quiz(item=item, quiz=made, seen=told["seen"], author=visit.person, by=visit.actor, now=clock.now())
        except DomainError as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(request, _("บันทึกคำถามแล้ว ผู้ตรวจจะเห็นพร้อมสื่อ") if made else _("ไม่มีคำถามแล้ว"))
            return redirect("studio-item", item.pk)
    context = {"item": item, "form": form}
    return render(request, "saisaat/studio/quiz.html", context, status=422 if request.method == "POST" else 200)


def _initial(item: Item, versions: int) -> dict[str, object]:
    quiz = item.quiz or {}
    choices = {f"choice_{no}": choice for no, choice in enumerate(quiz.get("choices", []))}
    return {**choices, **{name: quiz.get(name) for name in ("question", "answer", "why")}, "seen": versions}
