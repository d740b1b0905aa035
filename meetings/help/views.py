"""Views of help."""

from flask import render_template_string

from meetings.models import Job
from meetings.policy import Permission
from meetings.web.pages import Pages

pages = Pages("help", __name__)
P='{% extends "base.html" %}{% set mode="bare" %}{% block title %}x{% endblock %}{% block content %}<h1>x</h1>{% endblock %}'

@pages.get("/help", needs=None)
def index(): return render_template_string(P)
@pages.get("/help/<name>", needs=None)
def topic(name): return render_template_string(P)
@pages.form("/feedback", needs=Permission.FEEDBACK_SEND)
def feedback(): return render_template_string(P)
@pages.get("/system", needs=Permission.JOB_READ)
def system(): return render_template_string(P)
@pages.post("/jobs/<uuid:job>/retry", needs=Permission.JOB_RETRY)
def retry(job: Job): return ""
