#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journey: an admin registers Anthropic Claude in the wizard and hands out a key; a developer sends requests with it; the
analyst sees requests, tokens and cost, and one request with its exact amount."""
import contextlib
import pathlib
import re
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import desktop as driver
import journey

REQUESTS = 20


class RegisterAndMeasure(journey.Journey):
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
        self.on_screen(self.walk)

    def walk(self, screen):
        self.register(screen)

        screen.click("Create connection", role="push button", seconds=30)
        key, base_url = self.shown_key(screen)
        self.assertIn(key, screen.text(screen.find("curl for development", role="text")))

        answers = [journey.send(base_url, key, f"Greeting number {number}") for number in range(REQUESTS)]
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
        screen.click(screen.find(journey.MODEL, role="table cell"))
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
    journey.main()
