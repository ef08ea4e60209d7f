"""The one refusal of everything that a publisher sends and that cannot be used."""


class BadInput(Exception):
    """The publisher sent something that is not what it said it would send."""
