"""Which pages of a file are looked at."""

FIRST, LAST = 2, 1  # pages whose picture is looked at


def looked_at(count: int) -> list[int]:
    """Return the numbers of the pages whose pictures are looked at."""
    numbers = [*range(1, FIRST + 1), *range(count - LAST + 1, count + 1)]
    return sorted({number for number in numbers if 1 <= number <= count})
