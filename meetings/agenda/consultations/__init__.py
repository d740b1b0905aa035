"""Opinions asked for without a meeting (phiếu xin ý kiến): the form, its answers, their table."""
