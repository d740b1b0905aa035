"""The pages on which a paper is opened for comments, and where these are answered."""

from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock, policy
from meetings.agenda.letters.queries import words_of
from meetings.models import AgendaPaper, Meeting, PaperComment, Verdict
from meetings.policy import Permission
from meetings.reader.comments.collecting import queries, services
from meetings.reader.comments.collecting.forms import AnswerForm, OpeningForm
from meetings.reader.comments.collecting.table import services as table
from meetings.reader.comments.forms import VERDICTS
from meetings.reader.comments.queries import Told, obstacle_to_writing, round_of
from meetings.web.context import person_asking, session
from meetings.web.exports import LETTERS, asked_ending, letter_file
from meetings.web.pages import Pages

INVALID = 422
TIME_TO_WRITE = timedelta(days=3)


def comments(paper: AgendaPaper) -> str:
    """Show all comments on a paper, or those that wait for an answer."""
    who, waiting = person_asking(), request.args.get("show") == "waiting"
    leaf = queries.comments_on(
        session(), paper, request.args.get("page", 1, type=int), waiting=waiting, by=who
    )
    round_ = round_of(session(), paper)
    return render_template(
        "reader/comments/all.html",
        paper=paper,
        leaf=leaf,
        waiting=waiting,
        round=round_,
        open=obstacle_to_writing(round_) is None,
        over=round_ is not None and round_.closes_at <= clock.now(),
        tally=queries.tally(session(), paper, by=who),
        prepares=policy.allows(session(), who, Permission.COMMENTS_OPEN, paper),
        verdicts=VERDICTS,
    )


def set_up(paper: AgendaPaper) -> ResponseReturnValue:
    """Open a paper for comments, or change for how long."""
    form = OpeningForm(data=_known(paper))
    form.offer(queries.who_may_answer(session(), paper))
    if form.validate_on_submit():
        services.open_for_comments(session(), paper, form.terms)
        flash(_("Kept. Whoever reads the paper finds “Comment” above its pages."), "success")
        return redirect(url_for("reader.comments", paper=paper.id), 303)
    page = render_template("reader/comments/opening.html", paper=paper, form=form)
    return page, INVALID if form.errors else 200


def _known(paper: AgendaPaper) -> dict[str, object]:
    round_ = round_of(session(), paper)
    if round_ is None:
        end = max(paper.item.meeting.ends_at, clock.now() + TIME_TO_WRITE)
        return {"opens_at": clock.now(), "closes_at": end}
    names = ("opens_at", "closes_at", "shared")
    return {name: getattr(round_, name) for name in names} | {
        "answerer": str(round_.answerer_id or "")
    }


def close(paper: AgendaPaper) -> ResponseReturnValue:
    """Take no more comments on a paper."""
    round_ = round_of(session(), paper)
    if round_ is not None:
        services.close(session(), round_)
    return redirect(url_for("reader.comments", paper=paper.id), 303)


def answer(comment: PaperComment) -> ResponseReturnValue:
    """Answer a comment, or change the answer."""
    form = AnswerForm(data={"verdict": comment.verdict, "answer": comment.answer})
    if form.validate_on_submit():
        verdict, text = Verdict(form.verdict.data), form.answer.data or ""
        services.answer(session(), comment, verdict, text, by=person_asking())
        anchor = f"comment-{comment.id}"
        return redirect(url_for("reader.comments", paper=comment.paper_id, _anchor=anchor), 303)
    told = Told(comment, is_out=comment.paper.is_out)
    page = render_template("reader/comments/answer.html", told=told, form=form)
    return page, INVALID if form.errors else 200


def table_file(paper: AgendaPaper) -> Response:
    """Give out the table of comments and answers."""
    asked_ending(LETTERS)
    meeting = session().get_one(Meeting, paper.item.meeting_id)
    told = queries.all_comments_on(session(), paper, by=person_asking())
    document = table.compose(words_of(session(), meeting), meeting, paper, told)
    return letter_file(document, "tiep-thu-giai-trinh")


def register(pages: Pages) -> None:
    """Add the routes of collecting comments."""
    at, reads, opens = (
        "/papers/<uuid:paper>/comments",
        Permission.COMMENTS_READ,
        Permission.COMMENTS_OPEN,
    )
    pages.get(at, needs=reads, endpoint="comments")(comments)
    pages.get(f"{at}/file", needs=reads, endpoint="comments_file")(table_file)
    pages.form(f"{at}/opening", needs=opens, endpoint="open_comments")(set_up)
    pages.post(f"{at}/close", needs=opens, endpoint="close_comments")(close)
    answers = Permission.COMMENT_ANSWER
    pages.form("/comments/<uuid:comment>/answer", needs=answers, endpoint="answer_comment")(answer)
