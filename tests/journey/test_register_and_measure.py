#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journey: an admin registers Anthropic Claude in the wizard and hands out a key; a developer sends requests with it; the
analyst sees requests, tokens and cost, and one request with its exact amount."""
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import desktop as driver

SIGNALBOX = CTL = None
REQUESTS = 20


def send(base_url, key, number):
    body = json.dumps({"model": "sim-small", "max_tokens": 64,
                       "messages": [{"role": "user", "content": f"Greeting number {number}"}]}).encode()
    request = urllib.request.Request(base_url + "/v1/messages", body, {
        "content-type": "application/json", "x-api-key": key, "anthropic-version": "2023-06-01"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return dict(answer.headers), json.load(answer)


class RegisterAndMeasure(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="sb-profile-")
        self.profile = pathlib.Path(self.home.name)
        self.simulator = subprocess.Popen([CTL, "simulate", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.simulator_url = re.match(r"listening on (\S+)", self.simulator.stdout.readline()).group(1)

    def tearDown(self):
        self.simulator.terminate()
        self.simulator.wait(10)
        self.simulator.stdout.close()
        self.home.cleanup()

    def register(self, screen):
        screen.click("GenAI Services")
        screen.click("Register service", role="push button")
        screen.click("Anthropic Claude")
        screen.click("Next")
        screen.write("Name", "Claude for everyone")
        screen.write("Context Path", "/claude")
        screen.write("Service URL", self.simulator_url)
        screen.write("Summary", "Drafts and answers")
        screen.click("Next")
        screen.write("API key", "sim-key")
        screen.write("Max Total Token Count", "1000000")
        screen.click("Register", role="push button")

    def test_from_the_wizard_to_the_exact_cost(self):
        with driver.Desktop(SIGNALBOX, ["--profile", self.profile, "--listen", "127.0.0.1:0"]) as screen:
            try:
                self.walk(screen)
            except BaseException:
                print(screen.dump(), "\n--- program output\n", screen.output()[-3000:], file=sys.stderr)
                raise

    def walk(self, screen):
        self.register(screen)

        screen.click("Create connection", role="push button", seconds=30)
        key = driver.until(lambda: re.search(r"sbx_\w+", screen.dump_text()), "the key is shown").group(0)
        base_url = driver.until(lambda: re.search(r"http://127\.0\.0\.1:\d+/claude", screen.dump_text()),
                                "the address is shown").group(0)

        answers = [send(base_url, key, number) for number in range(REQUESTS)]
        tokens_in = sum(answer["usage"]["input_tokens"] for _, answer in answers)
        tokens_out = sum(answer["usage"]["output_tokens"] for _, answer in answers)
        self.assertGreater(tokens_in, 0)
        last_id = answers[-1][0]["x-signalbox-request-id"]

        def stored():
            with sqlite3.connect(f"file:{self.profile}/signalbox.db?mode=ro", uri=True) as database:
                return database.execute("SELECT count(*), sum(tokens_input), sum(tokens_output) FROM request_analytics "
                                        "WHERE success").fetchone()
        driver.until(lambda: stored()[0] == REQUESTS, "all requests are in the database")
        self.assertEqual(stored()[1:], (tokens_in, tokens_out))

        screen.click("Dashboards")
        driver.until(lambda: re.search(rf"\b{REQUESTS}\b", screen.text_of("Requests", "label")), "the Overview counts them")

        screen.click("Requests", role="list item")
        screen.find_containing("sim-small")


if __name__ == "__main__":
    missing = driver.missing_tools()
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(77)
    SIGNALBOX, CTL = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
