"""A mail server that accepts every mail, slowly, and counts each Message-ID."""

import socketserver
import threading
import time
from collections import Counter
from email import message_from_bytes
from types import TracebackType
from typing import Self


class SmtpSink:
    """A mail server on a free loopback port; use it as a context manager.

    A mail counts as received before the sender gets the answer, `pause` seconds later: a sender
    that dies in between has sent the mail and cannot know it.
    """

    def __init__(self, *, pause: float = 0.05) -> None:
        self.pause = pause
        self.received: Counter[str] = Counter()
        self.changed = threading.Condition()
        sink = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    sink.handle_session(self)
                except OSError:  # the sender is gone
                    return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait_for_more(self, *, than: int, seconds: float) -> bool:
        """Wait until more mails than so many were received; return whether they were."""
        with self.changed:
            return self.changed.wait_for(lambda: self.received.total() > than, timeout=seconds)

    def handle_session(self, stream: socketserver.StreamRequestHandler) -> None:
        """Answer the commands of SMTP that Python's smtplib sends."""
        stream.wfile.write(b"220 sink\r\n")
        while command := stream.rfile.readline():
            verb = command[:4].upper()
            if verb == b"DATA":
                stream.wfile.write(b"354 go on\r\n")
                self._receive(stream)
            elif verb == b"QUIT":
                stream.wfile.write(b"221 bye\r\n")
                return
            stream.wfile.write(b"250 ok\r\n")

    def _receive(self, stream: socketserver.StreamRequestHandler) -> None:
        body = b""
        while (part := stream.rfile.readline()) != b".\r\n":
            if not part:
                return  # cut off in the middle: nothing was received
            body += part
        with self.changed:
            self.received[str(message_from_bytes(body)["Message-ID"])] += 1
            self.changed.notify_all()
        time.sleep(self.pause)
