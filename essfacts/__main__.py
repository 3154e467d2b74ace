"""Start the command line, and end it, as fast as Python can."""

import os
import sys

_INTERRUPTED = 130


def run() -> None:
    """Run the command line and leave with its exit code."""
    # Ctrl-C leaves at once: imports take half the time, and in their midst an exception gets lost.
    try:
        import signal

        signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    import gc

    # A process that lives for a tenth of a second has no garbage worth collecting: collecting
    # and taking the interpreter apart would cost a fifth of that time.
    gc.disable()
    from essfacts.cli import main

    code = main(sys.argv[1:])
    os._exit(code)


if __name__ == "__main__":
    run()
