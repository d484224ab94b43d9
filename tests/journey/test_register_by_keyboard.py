#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journey: somebody registers Anthropic Claude without a mouse. The first address has a certificate that nobody vouches for,
the second one never answers; the connection test says the one and lets go of the other. The third is right, and the key that
is shown at the end works."""
import contextlib
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import desktop as driver
import journey


class SelfSigned:
    """A TLS server whose certificate it signed itself; counts what is said to it beyond the handshake."""

    def __init__(self):
        self.heard = b""
        with tempfile.TemporaryDirectory(prefix="sb-certificate-") as folder:
            key, certificate = f"{folder}/key.pem", f"{folder}/certificate.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1",
                            "-addext", "subjectAltName=IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate, key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self.heard += self._context.wrap_socket(connection, server_side=True).recv(65536)

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


class RegisterByKeyboard(journey.Journey):
    def setUp(self):
        super().setUp()
        self.self_signed = SelfSigned()
        self.addCleanup(self.self_signed.close)
        self.silent = socket.create_server(("127.0.0.1", 0))  # the kernel takes the connection, nobody the request
        self.addCleanup(self.silent.close)
        self.silent_url = f"http://127.0.0.1:{self.silent.getsockname()[1]}"

    def test_from_a_bad_address_to_an_answer(self):
        # As in companies with an authority of their own: many certificates, read at every connection test.
        self.on_screen(self.walk, {"SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt"})

    def go_on_with(self, screen, url):
        """In the details: the address, then Enter."""
        screen.fill("Service URL", url)
        screen.key("Return")
        screen.find("API key", role="password text")

    def press_test(self, screen):
        screen.step_to("Test connection")
        screen.key("space")

    def back_to_details(self, screen):
        screen.step_to("Back")
        screen.key("space")
        screen.wait_for_focus("Name")

    def walk(self, screen):
        screen.key("ctrl+n")
        screen.wait_for_focus("OpenAI")
        screen.step_to("Anthropic Claude", key="Down")
        screen.key("Return")
        screen.wait_for_focus("Name")
        screen.fill("Name", "Claude")
        driver.until(lambda: screen.text("Context Path") == "/claude", "the path follows the name")
        self.go_on_with(screen, self.self_signed.url)

        screen.fill("API key", "sim-key")
        self.press_test(screen)
        screen.find_containing("The certificate is self-signed: no authority vouches for it.")
        screen.find_containing("The key was not sent.")
        screen.find_containing("The test failed; registering is possible nevertheless.")
        self.assertEqual(self.self_signed.heard, b"")

        self.back_to_details(screen)
        self.go_on_with(screen, self.silent_url)
        self.press_test(screen)
        screen.find_containing("Key: checking…")
        screen.wait_for_focus("Cancel test")
        screen.key("space")
        screen.find_containing("Cancelled.")
        screen.wait_for_focus("Test connection")

        self.back_to_details(screen)
        self.go_on_with(screen, self.simulator_url)
        self.press_test(screen)
        screen.find_containing("Every check passed.")
        screen.step_to("Register")
        screen.key("space")

        screen.wait_for_focus("Create connection")
        screen.key("space")
        key, base_url = self.shown_key(screen)
        _, answer = journey.send(base_url, key, "Hello without a mouse")
        self.assertEqual(answer["role"], "assistant")


if __name__ == "__main__":
    journey.main()
