"""What a browser says of itself, in words that its owner knows."""

# the more special ones first: nearly every browser also claims to be Chrome or Safari
APPS = {
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def device_name(said: str) -> str:
    """Return "Chrome · Windows" for a User-Agent; what is not known stays as it is."""
    found = [
        next((name for word, name in names.items() if word in said), "")
        for names in (APPS, MACHINES)
    ]
    return " · ".join(filter(None, found)) or said
