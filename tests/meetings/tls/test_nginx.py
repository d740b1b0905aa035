"""The site of `deploy`, run by a real nginx with the made certificate before the real program."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509

from meetings.tls import services
from meetings.tls.folder import TlsFolder, read_certificate
from meetings.tls.handing import AUTHORITY_PATH
from meetings.tls.names import Names
from tests.serving import served

SITE = Path(__file__).parents[3] / "deploy/nginx/nghi-su.conf"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
HOST = "hop.tinhuy.example"
AROUND = """
daemon off; pid {place}/pid; error_log {place}/error.log;
events {{ }}
http {{
  access_log {place}/access.log;
  client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
  {site}
}}
"""
pytestmark = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not here")


@dataclass
class Site:
    """The running site: its two ports, the folders of its certificate and of its log."""

    plain: int
    closed: int
    folder: TlsFolder
    logs: Path

    def get(self, path: str, method: str = "GET", accept: str = "text/html"):
        """Return the answer over http, its body read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        connection.request(method, path, headers={"Host": HOST, "Accept": accept})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def get_closed(self, path: str, method: str = "GET") -> str:
        """Return the answer over https, to a client that trusts the authority alone."""
        context = ssl.create_default_context(cafile=self.folder.authority)
        asked = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
        with (
            socket.create_connection(("127.0.0.1", self.closed), 10) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as connected,
        ):
            connected.sendall(asked.encode())
            return b"".join(iter(lambda: connected.recv(65536), b"")).decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def adapted(site: Site, program: int) -> str:
    """Return the site of the manual, on ports that a test may take."""
    text = SITE.read_text(encoding="utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{site.plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{site.closed} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/var/lib/nghi-su/tls": str(site.folder.path),
        "/var/log/nginx": str(site.logs),
        "127.0.0.1:8000": f"127.0.0.1:{program}",
    }
    for old, new in changes.items():
        assert old in text, f"the site no longer says {old}"
        text = text.replace(old, new)
    return text


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "nginx did not start"
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


@pytest.fixture
def site(app, installation, tmp_path) -> Iterator[Site]:
    folder = TlsFolder.of(installation.settings.instance)
    services.init(folder, services.Wish(names=Names.parse([HOST], [])))
    site = Site(free_port(), free_port(), folder, tmp_path)
    with served(app) as program:
        yield from before(site, program.server_port, tmp_path)


def before(site: Site, port: int, tmp_path: Path) -> Iterator[Site]:
    file = tmp_path / "nginx.conf"
    file.write_text(AROUND.format(place=tmp_path, site=adapted(site, port)))
    command = [NGINX, "-e", str(tmp_path / "error.log"), "-p", str(tmp_path), "-c", str(file)]
    nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(site.closed, nginx)
        yield site
    finally:
        nginx.terminate()
        nginx.wait(10)


def speaks(site: Site, version: str, ciphers: str = "ALL") -> bool:
    """Tell whether the site takes a version of TLS from a client that allows such ciphers."""
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{site.closed}", f"-{version}"]
    command += ["-cipher", f"{ciphers}:@SECLEVEL=0", "-servername", HOST]
    talk = subprocess.run(command, input=b"", capture_output=True, timeout=20, check=False)
    return b"BEGIN CERTIFICATE" in talk.stdout


def test_the_program_answers_over_https_with_the_made_certificate(site):
    answer = site.get_closed("/sign-in")
    assert answer.startswith("HTTP/1.1 200")
    assert "Nghị Sự" in answer


def test_what_watches_the_program_is_not_shown_outside(site):
    for path in ("/health", "/ready"):
        assert site.get_closed(path).startswith("HTTP/1.1 404"), path


def test_only_people_are_led_from_http_to_https(site):
    assert site.get("/meetings").status == 301
    assert site.get("/meetings", "POST").status == 403
    for path in ("/pages/1/words", "/meetings/1/live", "/health"):
        assert site.get(path, accept="application/json").status == 403, path


def test_no_log_keeps_what_people_search_for(site):
    site.get("/archive?q=bimat-mo")
    site.get_closed("/archive?q=bimat-dong")
    log = (site.logs / "nghi-su.log").read_text()
    assert log.count("/archive") == 2
    assert "bimat" not in log


def test_nobody_is_told_what_they_sent(site):
    assert site.get_closed("/sign-in", "TRACE").startswith("HTTP/1.1 405")


def test_over_http_a_new_device_gets_the_authority_and_nothing_else(site):
    given = site.get(AUTHORITY_PATH)
    assert (given.status, given.headers["Content-Type"]) == (200, "application/x-x509-ca-cert")
    assert x509.load_der_x509_certificate(given.body) == read_certificate(site.folder.authority)
    for path in ("/", "/sign-in", "/tls", "/tls/server.pem", "/tls/authority.crt/../sign-in"):
        answer = site.get(path)
        assert answer.status == 301, path
        assert answer.headers["Location"].startswith(f"https://{HOST}/")


def test_the_site_speaks_http_2(site):
    context = ssl.create_default_context(cafile=site.folder.authority)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", site.closed), 10) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as connected,
    ):
        assert connected.selected_alpn_protocol() == "h2"


def test_old_tls_is_refused(site):
    versions = ("tls1", "tls1_1", "tls1_2", "tls1_3")
    assert [speaks(site, version) for version in versions] == [False, False, True, True]


@pytest.mark.parametrize(
    ("ciphers", "taken"),
    [
        ("ECDHE-ECDSA-AES256-GCM-SHA384", True),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", True),
        ("ECDHE-ECDSA-AES128-GCM-SHA256", True),
        ("ECDHE-ECDSA-AES256-SHA384", False),
        ("ECDHE-ECDSA-AES128-SHA", False),
        ("ECDHE-ECDSA-AES256-CCM8", False),
        ("ECDHE-ECDSA-ARIA256-GCM-SHA384", False),
    ],
)
def test_only_strong_ciphers_are_spoken(site, ciphers, taken):
    assert speaks(site, "tls1_2", ciphers) is taken


def test_the_site_chooses_the_strongest_cipher_that_a_client_offers(site):
    context = ssl.create_default_context(cafile=site.folder.authority)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384")
    with (
        socket.create_connection(("127.0.0.1", site.closed), 10) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as connected,
    ):
        assert connected.cipher()[0] == "ECDHE-ECDSA-AES256-GCM-SHA384"
