#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journey: an admin registers Anthropic Claude in the wizard and hands out a key; a developer sends requests with it; the
analyst sees requests, tokens and cost, and one request with its exact amount."""
import contextlib
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
MODEL = "claude-haiku-4-5"


def send(base_url, key, number):
    body = json.dumps({"model": MODEL, "max_tokens": 64,
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
                self.assertEqual(screen.stalls(), [])
            except BaseException:
                print(screen.dump(), "\n--- program output\n", screen.output()[-3000:], file=sys.stderr)
                raise

    def walk(self, screen):
        self.register(screen)

        screen.click("Create connection", role="push button", seconds=30)
        key = screen.text(screen.find("Key for development", role="text"))
        self.assertRegex(key, r"^sbx_\w+_\w+$")
        base_url = screen.text(screen.find("Invoke URL", role="text"))
        self.assertRegex(base_url, r"^http://127\.0\.0\.1:\d+/claude$")
        self.assertIn(key, screen.text(screen.find("curl for development", role="text")))

        answers = [send(base_url, key, number) for number in range(REQUESTS)]
        usage = [answer["usage"] for _, answer in answers]
        # Claude Haiku 4.5: one dollar per million input tokens, five per million output tokens; in nano-dollars.
        cost = [one["input_tokens"] * 1_000 + one["output_tokens"] * 5_000 for one in usage]

        def stored():
            with contextlib.closing(sqlite3.connect(f"file:{self.profile}/signalbox.db?mode=ro", uri=True)) as database:
                return database.execute(
                    "SELECT count(*), sum(tokens_input), sum(tokens_output), round(sum(cost_usd) * 1e9) FROM request_analytics "
                    "WHERE success AND service = 'Claude for everyone' AND environment = 'development'").fetchone()
        driver.until(lambda: stored()[0] == REQUESTS, "all requests are in the database")
        self.assertEqual(stored(), (REQUESTS, sum(u["input_tokens"] for u in usage), sum(u["output_tokens"] for u in usage),
                                    sum(cost)))

        screen.click("Dashboards", role="list item")
        driver.until(lambda: screen.beside("Requests") == str(REQUESTS), "the Overview counts the requests")
        self.assertEqual(digits(screen.beside("Tokens in")), str(sum(u["input_tokens"] for u in usage)))
        self.assertEqual(digits(screen.beside("Tokens out")), str(sum(u["output_tokens"] for u in usage)))
        self.assertAlmostEqual(float(screen.beside("Spend").lstrip("$")), sum(cost) / 1e9, places=4)

        screen.click("Requests", role="list item")
        newest = answers[-1][0]["x-signalbox-request-id"]
        screen.click(screen.find(MODEL, role="table cell"))
        self.assertEqual(screen.text(screen.find("Request ID", role="text")), newest)
        screen.click("Cost", role="page tab")
        screen.find_containing(exact_usd(cost[-1]))


def digits(text):
    return re.sub(r"\D", "", text)


def exact_usd(nano):
    """As the program writes exact amounts: every decimal there is, at least two."""
    whole, fraction = divmod(nano, 10**9)
    return f"${whole}.{f'{fraction:09d}'.rstrip('0').ljust(2, '0')}"


if __name__ == "__main__":
    missing = driver.missing_tools()
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(77)
    SIGNALBOX, CTL = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
