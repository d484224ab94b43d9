#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fluid the desktop program stays while requests go through its embedded gateway, with a page open that follows them.

The program tells the turns of its event loop itself (ui/kit/TurnWatch.h, logging category signalbox.gui): how many there
were in each second, how long 99 of 100 of them took at most, and the longest, with what of it was its own time: the rest the
thread stood ready without a processor. A person notices from about 50 ms on; "over 50 ms" counts own time.
Gateway, provider simulator, load client, display and program share the machine, on a private display without a GPU.
"""
import argparse
import pathlib
import re
import statistics
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'journey')]
import bench_gateway
import desktop as driver

SECOND = re.compile(r'signalbox\.gui: turns (?P<turns>\d+), busy (?P<busy>[\d.]+) ms, median (?P<median>[\d.]+) ms, '
                    r'99 % (?P<most>[\d.]+) ms, longest (?P<longest>[\d.]+) ms \(computed (?P<computed>[\d.]+), '
                    r'slept (?P<slept>[\d.]+), .*longest: (?P<what>.*)')
STALL = 'signalbox.gui: stood still for '
TITLES = {'Dashboards': 'Overview', 'Requests': 'Requests', 'Home': 'Home'}


def gateway_port(screen):
    button = screen.find_containing('Gateway running: ', seconds=60)
    return int(button.get_name().rsplit(':', 1)[1])


def measure(bench, screen, port, key, rate, seconds):
    """The load's own figures and what the program said about itself meanwhile."""
    bench.write_request(port, '/sim/v1/chat/completions', key, bench_gateway.CHAT)
    begin = len(screen.output())
    result = bench.send(port, rate * seconds, connections=16, rate=rate)
    lines = screen.output()[begin:].splitlines()
    result['seconds_told'] = [match.groupdict() for match in map(SECOND.match, lines) if match]
    result['stalls'] = [line[len(STALL):] for line in lines if line.startswith(STALL)]
    return result


def row(page, rate, result):
    told = result['seconds_told']
    if not told:
        raise RuntimeError('the program told nothing about its turns')
    most = [float(second['most']) for second in told]
    busy = sum(float(second['busy']) for second in told) / len(told) / 10  # ms of a second, in per cent
    longest = max(told, key=lambda second: float(second['longest']))
    return (page, f'{rate}/s', f"{result['requests'] / result['seconds']:.0f}/s", f"{result['p99_us'] / 1000:.1f}",
            f"{statistics.mean(int(second['turns']) for second in told):.0f}", f'{busy:.0f} %',
            f"{statistics.median(float(second['median']) for second in told):.2f}", f'{statistics.median(most):.1f}',
            f'{max(most):.1f}', longest['longest'], f"{float(longest['computed']) + float(longest['slept']):.1f}", str(len(result['stalls'])), longest['what'])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', type=pathlib.Path, default=pathlib.Path('build/bench'))
    parser.add_argument('--seconds', type=int, default=20, help='of load for each line')
    parser.add_argument('--rates', type=int, nargs='+', default=[500, 1000], help='requests per second')
    parser.add_argument('--pages', nargs='+', default=['Dashboards', 'Requests', 'Home'], choices=TITLES)
    arguments = parser.parse_args()
    missing = driver.missing_tools()
    if missing:
        sys.exit('not installed: ' + ', '.join(missing))

    rows = [('page', 'wanted', 'answered', 'p99 ms', 'turns/s', 'busy', 'median ms', '99 % ms', 'worst second', 'longest ms', 'its own',
             'over 50 ms', 'the longest')]
    with tempfile.TemporaryDirectory(prefix='signalbox-bench-') as folder:
        bench = bench_gateway.Bench(arguments.build.resolve(), pathlib.Path(folder))
        try:
            _, simulator_port = bench.start_ctl('simulate')
            bench.run_ctl('seed-demo')
            key = bench.configure(simulator_port)
            program = [bench.build / 'ui/signalbox', '--profile', bench.folder / 'profile', '--listen', '127.0.0.1:0']
            with driver.Desktop(program[0], program[1:], environment={'SIM_KEY': 'sim-key'}) as screen:
                port = gateway_port(screen)
                for page in arguments.pages:
                    screen.click(page, role='list item')
                    measure(bench, screen, port, key, 100, 3)  # the page is made, the gateway's connections are open
                    for rate in arguments.rates:
                        rows.append(row(TITLES[page], rate, measure(bench, screen, port, key, rate, arguments.seconds)))
        finally:
            bench.stop()
    bench_gateway.table('turns of the event loop while requests go through the embedded gateway', rows)
    return 0


if __name__ == '__main__':
    sys.exit(main())
