#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CPU per request of the gateway and of nginx's bare proxy_pass, in front of the same provider simulator, interleaved in one run.

The gateway works with everything on: key check, a window quota held and settled, token counts, prices, a durable usage record
that reaches the database. Its CPU is that of the whole process; the second line leaves out the thread that writes the database.
nginx's is that of its worker.
Both run one worker. CPU comes from /proc/PID/stat, so runs are long enough for its 10 ms ticks.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

TICK_US = 1_000_000 / os.sysconf('SC_CLK_TCK')
CHAT = {'model': 'gpt-4o-mini', 'messages': [{'role': 'user', 'content': 'What does a gateway do, and what does it cost?'}]}
STREAM = {'model': 'sim-words-200', 'stream': True, 'messages': CHAT['messages']}


def cpu_us(pid):
    """User and system time of a process so far, threads that ended included."""
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_US


def threads_us(pid):
    """The same by thread (several may share a name), from the threads that live."""
    result = {}
    for task in pathlib.Path(f'/proc/{pid}/task').iterdir():
        try:
            name, rest = (task / 'stat').read_text().split('(', 1)[1].rsplit(')', 1)
        except FileNotFoundError:
            continue
        fields = rest.split()
        result[f'{name} {task.name}'] = (int(fields[11]) * TICK_US, int(fields[12]) * TICK_US)
    return result


def writer_us(pid):
    """What the thread that writes the database used."""
    return sum(user + system for name, (user, system) in threads_us(pid).items() if name.startswith('storage-writer'))


def settle(pid, limit=20.0):
    """Waits until the process has been idle for half a second: what it does after the last answer belongs to the requests."""
    deadline = time.monotonic() + limit
    quiet = 0
    last = cpu_us(pid)
    while quiet < 5 and time.monotonic() < deadline:
        time.sleep(0.1)
        now = cpu_us(pid)
        quiet = quiet + 1 if now - last < TICK_US / 2 else 0
        last = now


class Bench:
    def __init__(self, build, folder):
        self.build = build
        self.ctl = build / 'app/ctl/signalboxctl'
        self.load = build / 'tests/bench/bench_load'
        self.folder = folder
        self.processes = []
        self.environment = dict(os.environ, SIM_KEY='sim-key', TZ='UTC')
        self.environment.pop('DATABASE_URL', None)

    def start(self, command, log):
        with open(self.folder / log, 'wb') as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=self.environment)
        self.processes.append(process)
        return process

    def start_ctl(self, name, *arguments):
        """A long-running command; returns its process and port."""
        log = f'{name}.log'
        process = self.start([self.ctl, name, '--profile', self.folder / 'profile', '--listen', '127.0.0.1:0', *arguments], log)
        for _ in range(200):
            for line in (self.folder / log).read_text().splitlines():
                if line.startswith('listening on '):
                    return process, int(line.rsplit(':', 1)[1])
            if process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f'{name} did not start:\n' + (self.folder / log).read_text())

    def run_ctl(self, *arguments):
        return subprocess.run([self.ctl, *arguments, '--profile', self.folder / 'profile'], env=self.environment, check=True,
                              capture_output=True, text=True).stdout

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()

    def configure(self, simulator_port):
        """Registers the simulator as a service, with limits that are counted and never reached; returns a key."""
        (self.folder / 'bench.yaml').write_text(f'''version: 1
services:
  - name: Simulator
    context: /sim
    provider: openai
    url: http://127.0.0.1:{simulator_port}/v1
    environments:
      development:
        auth: {{ header: Authorization, prefix: "Bearer ", secret: "env:SIM_KEY" }}
        limits:
          - {{ per: minute, total_tokens: 1000000000000, requests: 1000000000 }}
          - {{ per: day, total_tokens: 1000000000000 }}
connections:
  - {{ name: bench, project: default, service: /sim, environments: {{ development: {{}} }} }}
''')
        self.run_ctl('apply', str(self.folder / 'bench.yaml'))
        return self.run_ctl('key', 'create', '--connection', 'bench', '--environment', 'development').strip()

    def start_gateway(self, simulator_port):
        key = self.configure(simulator_port)
        process, port = self.start_ctl('gateway', '--workers', '1')
        return process.pid, port, key

    def start_nginx(self, simulator_port):
        """The worker's pid and the port, or None where nginx is not installed."""
        binary = shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin')
        if binary is None:
            return None
        for port in range(18484, 18584):
            (self.folder / 'nginx.conf').write_text(f'''
daemon off; worker_processes 1; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx-error.log;
{'user root;' if os.geteuid() == 0 else ''}
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000;
  client_body_temp_path {self.folder}/nb; proxy_temp_path {self.folder}/np; fastcgi_temp_path {self.folder}/nf;
  uwsgi_temp_path {self.folder}/nu; scgi_temp_path {self.folder}/ns;
  upstream simulator {{ server 127.0.0.1:{simulator_port}; keepalive 128; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://simulator; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }}
  }}
}}
''')
            process = self.start([binary, '-p', str(self.folder), '-c', str(self.folder / 'nginx.conf')], 'nginx.log')
            time.sleep(0.5)
            if process.poll() is None:
                children = pathlib.Path(f'/proc/{process.pid}/task/{process.pid}/children').read_text().split()
                return int(children[0]), port
        raise RuntimeError('nginx did not start:\n' + (self.folder / 'nginx.log').read_text())

    def write_request(self, port, path, key, body):
        text = json.dumps(body, separators=(',', ':'))
        (self.folder / 'request').write_bytes(
            f'POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n'
            f'Content-Length: {len(text)}\r\n\r\n{text}'.encode())

    def send(self, port, requests, connections, rate=0):
        done = subprocess.run([self.load, str(port), str(connections), str(requests), self.folder / 'request', str(rate)],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return json.loads(done.stdout)

    def measure(self, pid, port, path, key, body, requests, connections):
        self.write_request(port, path, key, body)
        before = cpu_us(pid)
        writer_before = writer_us(pid)
        result = self.send(port, requests, connections)
        answered = cpu_us(pid)
        settle(pid)
        result['cpu_us'] = cpu_us(pid) - before
        result['cpu_until_answered_us'] = answered - before
        result['writer_us'] = writer_us(pid) - writer_before
        return result


def table(title, rows):
    print(f'\n{title}')
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print('  ' + '  '.join(str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                               for i, (cell, width) in enumerate(zip(row, widths))))


def report(title, unit, runs, per, baseline='nginx'):
    """One line per server: the median over the rounds, per request or per chunk."""
    without = [dict(r, cpu_us=r['cpu_us'] - r['writer_us'], cpu_until_answered_us=r['cpu_us'] - r['writer_us']) for r in runs['gateway']]
    runs = runs | {'gateway without database': without}
    rows = [('', f'CPU us/{unit}', 'until answered', 'rounds', f'{unit}s/s', 'p50 us', 'p99 us', f'ratio to {baseline}')]
    medians = {}
    for name, results in runs.items():
        figures = [result['cpu_us'] / result[per] for result in results]
        medians[name] = statistics.median(figures)
        rows.append((name, f'{medians[name]:.1f}',
                     f"{statistics.median(r['cpu_until_answered_us'] / r[per] for r in results):.1f}",
                     ' '.join(f'{figure:.1f}' for figure in figures),
                     f"{statistics.median(r[per] / r['seconds'] for r in results):.0f}",
                     f"{statistics.median(r['p50_us'] for r in results):.0f}", f"{statistics.median(r['p99_us'] for r in results):.0f}",
                     f'{medians[name] / medians[baseline]:.2f}' if medians.get(baseline) else '-'))
    table(title, rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', type=pathlib.Path, default=pathlib.Path('build/bench'))
    parser.add_argument('--requests', type=int, default=20_000, help='not streamed, per round')
    parser.add_argument('--streams', type=int, default=150, help='of 200 tokens each, per round')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--connections', type=int, default=16)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='signalbox-bench-') as folder:
        bench = Bench(arguments.build.resolve(), pathlib.Path(folder))
        try:
            _, simulator_port = bench.start_ctl('simulate', '--tokens-per-second', '400')
            servers = {}
            nginx = bench.start_nginx(simulator_port)
            if nginx:
                servers['nginx'] = (*nginx, '/v1/chat/completions', 'sim-key')
            else:
                print('nginx is not installed: no ratio')
            pid, port, key = bench.start_gateway(simulator_port)
            servers['gateway'] = (pid, port, '/sim/v1/chat/completions', key)

            for server in servers.values():
                bench.measure(*server, CHAT, 500, arguments.connections)
            plain = {name: [] for name in servers}
            streamed = {name: [] for name in servers}
            for _ in range(arguments.rounds):
                for name, server in servers.items():
                    plain[name].append(bench.measure(*server, CHAT, arguments.requests, arguments.connections))
            threads = threads_us(pid)
            for _ in range(arguments.rounds):
                for name, server in servers.items():
                    streamed[name].append(bench.measure(*server, STREAM, arguments.streams, 2 * arguments.connections))
        finally:
            bench.stop()

    report(f'not streamed: {arguments.requests} requests a round over {arguments.connections} connections', 'request', plain, 'requests')
    report(f'streamed: {arguments.streams} streams of 200 tokens a round over {2 * arguments.connections} connections', 'chunk', streamed, 'chunks')
    total = sum(user + system for user, system in threads.values()) or 1
    rows = [('thread of the gateway', 'share', 'in user space')]
    for name, (user, system) in sorted(threads.items(), key=lambda item: -sum(item[1])):
        if user + system > 0.005 * total:
            rows.append((name, f'{100 * (user + system) / total:.0f} %', f'{100 * user / total:.0f} %'))
    table('where the gateway spends it (not streamed)', rows)
    return 0


if __name__ == '__main__':
    sys.exit(main())
