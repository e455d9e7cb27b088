"""The words by which comments are told apart: trying them out, the office's own, the program's, and a file of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions import teach
from saisaat.domain.errors import DomainError
from saisaat.domain.feedback import CommentKind
from saisaat.domain.feedback_lexicon import LONGEST_READ
from saisaat.domain.feedback_phrases import HEADINGS, LARGEST_FILE, LONGEST_PHRASE, OUT, WEIGHTS, Change, file_rows
from saisaat.domain.roles import Deed
from saisaat.queries import feedback_words
from saisaat.records import clock
from saisaat.records.models import FeedbackPhrase
from saisaat.web.access import Visit, needs
from saisaat.web.settings.words import PHRASE_WEIGHTS
from saisaat.web.words import COMMENT_KINDS, said

PAGE_SIZE = 40


class PhraseForm(forms.Form):
    """A phrase of the office's own."""

    kind = forms.ChoiceField(label=gettext_lazy("ประเภท"), choices=list(COMMENT_KINDS.items()))
    phrase = forms.CharField(
        label=gettext_lazy("คำหรือวลี"),
        max_length=2 * LONGEST_PHRASE,
        help_text=gettext_lazy("… แทนข้อความคั่น ^ คือต้นความเห็น $ คือท้ายประโยค"),
    )
    weight = forms.TypedChoiceField(
        label=gettext_lazy("น้ำหนัก"), coerce=int, choices=[(w, PHRASE_WEIGHTS[w]) for w in WEIGHTS], initial=2
    )


class FileForm(forms.Form):
    """A list that was exported here or by another office."""

    file = forms.FileField(
        label=gettext_lazy("ไฟล์ .csv"), widget=forms.ClearableFileInput(attrs={"accept": ".csv"}), max_length=200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def comment_words(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The lists, and the form for one more phrase."""
    if request.method != "POST":
        return _page(request, visit)
    form = PhraseForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        change = Change(CommentKind(told["kind"]), told["phrase"], told["weight"])
        try:
            teach.change_phrase(province=visit.province, change=change, by=visit.actor, now=clock.now())
        except DomainError as error:
            form.add_error("phrase", said(error))
        else:
            messages.success(request, _("เก็บคำแล้ว ใช้กับความเห็นที่มาถึงจากนี้ไป"))
            return redirect("settings-words")
    return _page(request, visit, form=form, status=422)


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def try_out(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What a comment would be taken for. Nothing of it is kept."""
    typed = request.POST.get("comment", "")[:LONGEST_READ]
    guess = feedback_words.guess_at(visit.province, typed) if typed.strip() else None
    tried = (
        None if guess is None else {"guess": guess, "why": said(guess.why), "percent": round(guess.confidence * 100)}
    )
    return _page(request, visit, typed=typed, tried=tried, nothing=guess is None, status=422 if guess is None else 200)


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def take_out(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Do without one of the program's phrases."""
    kind, phrase = request.POST.get("kind", ""), request.POST.get("phrase", "")
    if kind not in set(CommentKind):
        raise Http404(_("ไม่พบคำนี้"))
    change = Change(CommentKind(kind), phrase, OUT)
    try:
        teach.change_phrase(province=visit.province, change=change, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _page(request, visit, error=said(error), status=422)
    messages.success(request, _("เอาคำออกแล้ว"))
    return redirect("settings-words")


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def forget(request: HttpRequest, visit: Visit, phrase_id: int) -> HttpResponse:
    """Undo one of the office's changes."""
    row = FeedbackPhrase.of(visit.province).filter(pk=phrase_id).first()
    if row is None:
        raise Http404(_("ไม่พบคำนี้"))
    teach.forget_change(row=row, by=visit.actor, now=clock.now())
    messages.success(request, _("กลับเป็นอย่างเดิมแล้ว"))
    return redirect("settings-words")


@require_safe
@needs(Deed.CHANGE_SETTINGS)
def export(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The office's changes as a file, to keep or to give to another office."""
    from saisaat.documents.sheets import table_csv  # heavy; only a file pays for it

    data = table_csv(HEADINGS, file_rows(feedback_words.changes_of(visit.province)))
    headers = {"Content-Disposition": 'attachment; filename="comment-words.csv"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def bring_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep what a file holds, all of it or nothing."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["file"].read(LARGEST_FILE + 1)
        try:
            count = teach.import_phrases(province=visit.province, data=data, by=visit.actor, now=clock.now())
        except DomainError as error:
            form.add_error("file", said(error))
        else:
            messages.success(request, _("นำเข้าแล้ว %(count)s คำ") % {"count": count})
            return redirect("settings-words")
    return _page(request, visit, file_form=form, status=422)


def _page(
    request: HttpRequest,
    visit: Visit,
    *,
    form: PhraseForm | None = None,
    file_form: FileForm | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    asked = request.GET
    wanted = asked.get("kind", "")
    kind = CommentKind(wanted) if wanted in set(CommentKind) else CommentKind.COMPLAINT
    looked_for = asked.get("q", "").strip()[:LONGEST_PHRASE]
    listed = feedback_words.built_in(visit.province, kind, looked_for)
    context = {
        "form": form or PhraseForm(initial={"kind": CommentKind.COMPLAINT}),
        "file_form": file_form or FileForm(),
        "own": feedback_words.own_phrases(visit.province),
        "page": Paginator(listed, PAGE_SIZE).get_page(asked.get("page")),
        "kinds": COMMENT_KINDS,
        "weights": PHRASE_WEIGHTS,
        "kind": kind,
        "looked_for": looked_for,
        "longest": LONGEST_READ,
        "listing": request.method != "POST",
    }
    return render(request, "saisaat/settings/comment_words.html", context | shown, status=status)
