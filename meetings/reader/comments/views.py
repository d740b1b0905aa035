"""The pages on which those who read a paper comment on it, and find what they wrote."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import policy
from meetings.intake.contents import number_in
from meetings.models import AgendaPaper, PaperComment
from meetings.policy import Permission
from meetings.reader.comments import queries, services
from meetings.reader.comments.collecting import views as collecting
from meetings.reader.comments.forms import VERDICTS, CommentForm, WordsForm
from meetings.reader.notes.sending.queries import unread_count
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def write(paper: AgendaPaper) -> ResponseReturnValue:
    """Ask what somebody says about a page, and show what they wrote on the paper so far."""
    who, asked = person_asking(), request.form.get("page") or request.args.get("page", "1")
    spot = queries.spot_of(session(), installation(), paper, number_in(asked.strip()) or 1)
    if spot is None:
        abort(404)
    form = CommentForm(data={"page": str(spot.number), "version": str(spot.version.id)})
    form.offer(spot)
    round_ = queries.round_of(session(), paper)
    obstacle = queries.obstacle_to_writing(round_)
    if form.validate_on_submit() and not form.refuse(obstacle):
        services.write(session(), paper, form.place, form.text.data or "", by=who)
        flash(_("Your comment has reached the office."), "success")
        there = url_for("reader.comment_on", paper=paper.id, page=spot.number, _anchor="own")
        return redirect(there, 303)
    page = render_template(
        "reader/comments/write.html",
        paper=paper,
        form=form,
        number=spot.number,
        round=round_,
        closed=obstacle,
        own=queries.own_comments(session(), paper, by=who),
        others=queries.shared_comments(session(), paper, by=who),
        answers=policy.allows(session(), who, Permission.COMMENTS_READ, paper),
        verdicts=VERDICTS,
    )
    return page, INVALID if form.errors else 200


def mine() -> str:
    """List all that the person asking wrote about papers."""
    who = person_asking()
    leaf = queries.all_own_comments(session(), request.args.get("page", 1, type=int), by=who)
    unread = unread_count(session(), by=who)
    return render_template("reader/comments/mine.html", leaf=leaf, unread=unread, verdicts=VERDICTS)


def change(comment: PaperComment) -> ResponseReturnValue:
    """Show one of one's comments and take its new words while nobody has answered it."""
    form = WordsForm(text=comment.text)
    obstacle = queries.obstacle_to_change(session(), comment, by=person_asking())
    if form.validate_on_submit() and not form.refuse(obstacle):
        services.rewrite(session(), comment, form.text.data or "")
        flash(_("Your comment was kept."), "success")
        return redirect(_place(comment), 303)
    if obstacle and not form.is_submitted():
        return redirect(url_for("reader.own_comments"), 303)
    hidden = obstacle is queries.Obstacle.RECALLED
    page = render_template("reader/comments/change.html", comment=comment, form=form, hidden=hidden)
    return page, INVALID if form.errors else 200


def delete(comment: PaperComment) -> ResponseReturnValue:
    """Delete one of one's comments while nobody has answered it."""
    obstacle = queries.obstacle_to_change(session(), comment, by=person_asking())
    if obstacle:
        flash(_("It was answered, or the time is over: the comment stays."), "warn")
        return redirect(url_for("reader.own_comments"), 303)
    place = _place(comment)
    services.delete(session(), comment)
    flash(_("Your comment was deleted."), "success")
    return redirect(place, 303)


def _place(comment: PaperComment) -> str:
    paper, page = comment.paper_id, comment.page
    return url_for("reader.comment_on", paper=paper, page=page, _anchor="own")


def register(pages: Pages) -> None:
    """Add the routes of comments."""
    at_paper = "/papers/<uuid:paper>/comment"
    pages.form(at_paper, needs=Permission.COMMENT_WRITE, endpoint="comment_on")(write)
    pages.get("/comments", needs=Permission.ACCOUNT_USE, endpoint="own_comments")(mine)
    one, changes = "/comments/<uuid:comment>", Permission.COMMENT_CHANGE
    pages.form(one, needs=changes, endpoint="comment")(change)
    pages.post(f"{one}/delete", needs=changes, endpoint="delete_comment")(delete)
    collecting.register(pages)
