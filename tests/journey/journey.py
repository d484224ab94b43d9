# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What journeys share: the programs under test, a profile and the provider simulator of their own, and a request as an
unmodified Anthropic client sends it."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.request

import desktop as driver

SIGNALBOX = CTL = None
MODEL = "claude-haiku-4-5"


def send(base_url, key, text):
    body = json.dumps({"model": MODEL, "max_tokens": 64, "messages": [{"role": "user", "content": text}]}).encode()
    request = urllib.request.Request(base_url + "/v1/messages", body, {
        "content-type": "application/json", "x-api-key": key, "anthropic-version": "2023-06-01"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return dict(answer.headers), json.load(answer)


class Journey(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="sb-profile-")
        self.addCleanup(home.cleanup)
        self.profile = pathlib.Path(home.name)
        simulator = subprocess.Popen([CTL, "simulate", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(simulator.stdout.close)
        self.addCleanup(simulator.wait, 10)
        self.addCleanup(simulator.terminate)
        self.simulator_url = re.match(r"listening on (\S+)", simulator.stdout.readline()).group(1)

    def on_screen(self, walk, environment=None):
        """Runs `walk` on the program's screen; when it fails, says what was seen there."""
        arguments = ["--profile", self.profile, "--listen", "127.0.0.1:0"]
        with driver.Desktop(SIGNALBOX, arguments, environment=environment) as screen:
            try:
                walk(screen)
                self.assertEqual(screen.stalls(), [])
            except BaseException:
                print(screen.dump(), "\n--- program output\n", screen.output()[-3000:], file=sys.stderr)
                raise

    def shown_key(self, screen):
        """Key and address as the registration shows them at its end."""
        key = screen.text(screen.find("Key for development", role="text"))
        self.assertRegex(key, r"^sbx_\w+_\w+$")
        base_url = screen.text(screen.find("Invoke URL", role="text"))
        self.assertRegex(base_url, r"^http://127\.0\.0\.1:\d+/claude$")
        return key, base_url


def main():
    global SIGNALBOX, CTL
    missing = driver.missing_tools()
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(77)
    SIGNALBOX, CTL = sys.argv[1:3]
    unittest.main(module="__main__", argv=sys.argv[:1])
