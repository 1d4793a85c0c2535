"""The programs to compare with: those at hand, else from their registries."""
import os, pathlib, shutil, subprocess, sys, venv

from measure import check

# What a tool is called where it can be fetched from.
CRATES = {"rg": "ripgrep"}
SYSTEM = {"jq": "jq", "zstd": "zstd", "rg": "ripgrep"}


def tool(name, folder):
    """The path of a program, or None, said aloud, where it cannot be had."""
    if found := shutil.which(name):
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "install", "-y", "-qq", SYSTEM[name]], **quiet)
        if found := shutil.which(name):
            return found
    if name in CRATES:
        check("cargo", "install", "-q", "--root", folder, CRATES[name])
        return str(pathlib.Path(folder) / "bin" / name)
    print(f"missing: {name}; install it for the rows that need it", file=sys.stderr)
    return None


def version(*command):
    answer = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    return (answer.stdout or answer.stderr).splitlines()[0].strip()


def python(folder, *packages):
    """An interpreter of its own with these packages."""
    venv.create(folder, with_pip=True)
    interpreter = pathlib.Path(folder) / "bin" / "python"
    check(interpreter, "-m", "pip", "install", "-q", *packages)
    return interpreter


def package(interpreter, name):
    return check(interpreter, "-c", f"import importlib.metadata as m; print('{name}', m.version('{name}'))", stdout=subprocess.PIPE).strip()
