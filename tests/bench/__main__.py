"""`make bench`: runs every bench_*.py beside this file; each figure stands beside a reference of the same run."""

import asyncio
import importlib
import pkgutil
import sys

import tests.bench


def main() -> None:
    """Run all benchmarks, or those whose name contains an argument."""
    wanted = sys.argv[1:]
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if not module.name.startswith("bench_") or (wanted and not any(part in module.name for part in wanted)):
            continue
        print(f"{module.name.removeprefix('bench_')}:", flush=True)
        for line in asyncio.run(importlib.import_module(f"tests.bench.{module.name}").main()):
            print(f"  {line}", flush=True)


main()
