"""The command `meetings api schema`."""

import json

import click


@click.group()
def api() -> None:
    """Tell what programs may ask."""


@api.command()
def schema() -> None:
    """Print the OpenAPI 3.1 description of what programs may ask."""
    from meetings.api.schema import openapi

    click.echo(json.dumps(openapi(), ensure_ascii=False, indent=2))
