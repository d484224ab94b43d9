# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program on a private display, driven through its accessibility tree: what a screen reader cannot reach, a journey
cannot press. Display, D-Bus session, keyring and window manager are private to one Desktop and end with it."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

KEYRING = "/usr/bin/gnome-keyring-daemon"
A11Y_BUS = "/usr/libexec/at-spi-bus-launcher"
NEEDED = ("Xvfb", "openbox", "dbus-daemon", "xdotool", KEYRING, A11Y_BUS)
# Controls that an assistive technology activates with the pointer, because they offer no action of their own.
POINTER_ROLES = {"list item", "table cell", "page tab", "menu item", "combo box", "label"}
ITEM_ROLES = {"list item", "table cell", "page tab"}


def missing_tools():
    return [tool for tool in NEEDED if not shutil.which(tool)]


def until(condition, what, seconds=20.0):
    """Polls for a condition of another process; its value when true."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)


class Desktop:
    def __init__(self, program, arguments=(), size="1440x900", environment=None):
        self._command = [str(program), *map(str, arguments)]
        self._size = size
        self._extra = environment or {}
        self._children = []
        self._open = []
        self._home = pathlib.Path(tempfile.mkdtemp(prefix="sb-journey-"))
        self.log = self._home / "program.log"

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self._children):
            try:
                os.killpg(child.pid, signal.SIGTERM)
                child.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            except ProcessLookupError:
                pass
        for stream in self._open:
            stream.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _spawn(self, *argv, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        options.setdefault("stdin", subprocess.DEVNULL)
        child = subprocess.Popen(argv, env=self.environment, start_new_session=True, **options)
        self._children.append(child)
        return child

    def _start(self):
        runtime = self._home / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment = dict(
            os.environ, HOME=str(self._home), XDG_RUNTIME_DIR=str(runtime), XDG_DATA_HOME=str(self._home / "data"),
            XDG_CONFIG_HOME=str(self._home / "config"), XDG_CACHE_HOME=str(self._home / "cache"), LC_ALL="C.UTF-8", TZ="UTC",
            XDG_CURRENT_DESKTOP="GNOME", QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
            QT_LOGGING_RULES="signalbox.gui.debug=true", **self._extra)
        for name in ("WAYLAND_DISPLAY", "DATABASE_URL", "REDIS_URL"):
            self.environment.pop(name, None)

        # The server picks a free display and says which: no race with another journey.
        reader, writer = os.pipe()
        # It must not begin anew when a first client leaves: that throws out a window manager which is just arriving.
        self._spawn("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset",
                    pass_fds=(writer,))
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.environment["DISPLAY"] = ":" + pipe.readline().strip()

        bus = self._spawn("dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile", stdout=subprocess.PIPE,
                          text=True)
        self._open.append(bus.stdout)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        keyring = self._spawn(KEYRING, "--unlock", "--components=secrets", "--foreground", stdin=subprocess.PIPE)
        keyring.stdin.write(b"journey\n")
        keyring.stdin.close()
        self._spawn(A11Y_BUS, "--launch-immediately")
        self._spawn("openbox")
        until(lambda: self._asked("get_num_desktops"), "the window manager is there")  # or it gives no window the keyboard

        os.environ.update({k: self.environment[k] for k in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")})
        import gi  # only now: the bindings read the session's bus address when they are loaded
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self._atspi = Atspi
        Atspi.set_timeout(5000, 15000)

        output = open(self.log, "wb")
        self._open.append(output)
        self._program = self._spawn(*self._command, stdout=output, stderr=output)
        until(self._application, "the program shows a window", 30)
        until(lambda: self._asked("getactivewindow", "getwindowpid") == str(self._program.pid),
              "its window has the keyboard")

    def _asked(self, *argv):
        """What xdotool answers; empty while it cannot."""
        asked = subprocess.run(["xdotool", *argv], env=self.environment, capture_output=True, text=True, timeout=60)
        return asked.stdout.strip()

    # -- looking ------------------------------------------------------------------------------------------------------

    def alive(self):
        return self._program.poll() is None

    def output(self):
        return self.log.read_text(errors="replace")

    def stalls(self):
        """The turns of its event loop in which the program stood still for more than 50 ms."""
        return [line for line in self.output().splitlines() if line.startswith("signalbox.gui: stood still")]

    def _application(self):
        if not self.alive():
            raise AssertionError("the program ended:\n" + self.output()[-3000:])
        desktop = self._atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self._program.pid and app.get_child_count():
                return app
        return None

    def has(self, node, state):
        return node.get_state_set().contains(getattr(self._atspi.StateType, state))

    def walk(self, node=None, depth=0):
        """Everything that is showing below `node`."""
        node = node or self._application()
        for i in range(min(node.get_child_count(), 300)):
            child = node.get_child_at_index(i)
            if child is None or (depth and not self.has(child, "SHOWING")):
                continue
            yield child
            yield from self.walk(child, depth + 1)

    def _find(self, name, role):
        labels = []
        for node in self.walk():
            try:
                if (node.get_name() or "").replace("&", "") != name or (role and node.get_role_name() != role):
                    continue
            except Exception:  # a control that went away while we looked
                continue
            if node.get_role_name() == "label" and not role:
                labels.append(node)
            else:
                return node
        for label in labels:  # a combo box is named by its buddy label only
            for relation in label.get_relation_set():
                if relation.get_relation_type() == self._atspi.RelationType.LABEL_FOR and relation.get_n_targets():
                    return relation.get_target(0)
        return labels[0] if labels else None

    def find(self, name, role=None, seconds=20.0):
        return until(lambda: self._find(name, role), f"a control named {name!r}" + (f" ({role})" if role else ""), seconds)

    def find_now(self, name, role=None):
        return self._find(name, role)

    def find_containing(self, part, seconds=20.0):
        def look():
            for node in self.walk():
                if part in (node.get_name() or "") or part in self.text(node):
                    return node
            return None
        return until(look, f"a control showing {part!r}", seconds)

    def text(self, node):
        if isinstance(node, str):
            node = self.find(node)
        try:
            if node.get_text_iface():
                return self._atspi.Text.get_text(node, 0, -1)
        except Exception:
            pass
        return ""

    def beside(self, title, nth=0):
        """The text of the label that follows the nth label called `title` in the same frame: the figure of a card. None while
        there is none."""
        titles = [n for n in self.walk() if n.get_role_name() == "label" and n.get_name() == title
                  and n.get_parent().get_role_name() == "frame"]
        if len(titles) <= nth:
            return None
        following = titles[nth].get_parent().get_child_at_index(titles[nth].get_index_in_parent() + 1)
        return (following.get_name().removeprefix(f"{title}: ") or None) if following else None

    def dump(self):
        lines = []
        for node in self.walk():
            value = self.text(node)
            lines.append(f"{node.get_role_name()} {node.get_name()!r}" + (f" = {value[:80]!r}" if value else ""))
        return "\n".join(lines)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    # -- acting -------------------------------------------------------------------------------------------------------

    def xdo(self, *argv):
        subprocess.run(["xdotool", *map(str, argv)], env=self.environment, check=True, timeout=60)

    def click(self, name, role=None, seconds=20.0):
        node = self.find(name, role, seconds) if isinstance(name, str) else name
        until(lambda: self.has(node, "SENSITIVE"), f"{node.get_name()!r} is enabled", seconds)
        if node.get_role_name() not in POINTER_ROLES:
            for i in range(node.get_n_actions()):
                if self._atspi.Action.get_action_name(node, i).lower() in ("press", "click", "toggle", "activate"):
                    self._atspi.Action.do_action(node, i)
                    return
        box = self._atspi.Component.get_extents(node, self._atspi.CoordType.SCREEN)
        self.xdo("mousemove", box.x + box.width // 2, box.y + box.height // 2, "click", 1)

    def write(self, name, text, role=None):
        """Replaces the text of an edit, typing as a person does."""
        node = self.find(name, role)
        self._atspi.Component.grab_focus(node)
        until(lambda: self.has(node, "FOCUSED"), f"{name!r} has the focus")
        self.xdo("key", "ctrl+a", "key", "Delete")
        if text:
            self.xdo("type", "--delay", "3", "--", text)

    def choose(self, name, value):
        """Picks an entry of a combo box by keyboard."""
        node = self.find(name)
        self._atspi.Component.grab_focus(node)
        until(lambda: self.has(node, "FOCUSED"), f"{name!r} has the focus")
        self.xdo("type", "--", value)
        until(lambda: (node.get_name() or "") == value or self.text(node) == value, f"{name!r} shows {value!r}")

    def key(self, *keys):
        for key in keys:
            self.xdo("key", key)

    # -- by keyboard alone: what cannot be reached by it, cannot be used here -------------------------------------------

    def focused(self):
        """The control that has the keyboard; the current entry of a list says so too, wherever the keyboard is."""
        return next((node for node in self.walk() if self.has(node, "FOCUSED") and node.get_role_name() not in ITEM_ROLES),
                    None)

    def is_focused(self, name):
        node = self.focused()
        return node is not None and (node.get_name() or "").replace("&", "") == name

    def wait_for_focus(self, name):
        until(lambda: self.is_focused(name), f"{name!r} has the focus")

    def step_to(self, name, key="Tab", most=60):
        """Presses a key that moves the focus until the control of that name has it."""
        for _ in range(most):
            before = until(self.focused, "a control has the focus")
            if (before.get_name() or "").replace("&", "") == name:
                return before
            self.key(key)
            until(lambda: not self.has(before, "FOCUSED"),
                  f"{key} moves the focus on from {before.get_role_name()} {before.get_name()!r}")
        raise AssertionError(f"{name!r} is not reached by {key}")

    def fill(self, name, text):
        """Goes to an edit and replaces its text."""
        self.step_to(name)
        self.key("ctrl+a", "Delete")
        self.xdo("type", "--delay", "3", "--", text)
