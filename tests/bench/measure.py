"""What a command costs: seconds on the clock, seconds of all its threads, the
most memory it held."""
import dataclasses, os, subprocess, sys, time


@dataclasses.dataclass
class Cost:
    clock: float
    cpu: float
    peak: int  # bytes; of the largest process of a pipeline

    def least(self, other):
        return Cost(min(self.clock, other.clock), min(self.cpu, other.cpu), max(self.peak, other.peak))


def check(*command, **more):
    answer = subprocess.run(list(map(str, command)), text=True, **more)
    if answer.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return answer.stdout


def run(*pipeline, out=None, cores=None, fine=(0,)):
    """Runs commands, each reading what the one before it writes, on `cores`
    cores (all of them without a number)."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    start, processes, before = time.monotonic(), [], subprocess.DEVNULL
    for place, command in enumerate(pipeline):
        last = place + 1 == len(pipeline)
        after = (open(out, "wb") if out else subprocess.DEVNULL) if last else subprocess.PIPE
        process = subprocess.Popen(
            list(map(str, command)), stdin=before, stdout=after,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )
        if before is not subprocess.DEVNULL:
            before.close()
        before = process.stdout
        processes.append((command, process))
    return finish(processes, start, fine)


def at_once(*commands):
    """Runs commands beside each other; the cost is that of all of them."""
    start = time.monotonic()
    started = [(command, subprocess.Popen(list(map(str, command)))) for command in commands]
    return finish(started, start, (0,))


def finish(processes, start, fine):
    cost = Cost(0.0, 0.0, 0)
    for command, process in processes:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            sys.exit(f"failed with {process.returncode}: {' '.join(map(str, command))}")
        cost.cpu += usage.ru_utime + usage.ru_stime
        cost.peak = max(cost.peak, usage.ru_maxrss * 1024)
    cost.clock = time.monotonic() - start
    return cost


def best(rounds, measured):
    """The least of so many rounds."""
    cost = measured()
    for _ in range(rounds - 1):
        cost = cost.least(measured())
    return cost
