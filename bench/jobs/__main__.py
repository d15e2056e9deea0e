"""Runs one job, `python -m bench.jobs module:function argument…`, and prints what it measured as JSON."""

import importlib
import json
import sys

if __name__ == "__main__":
    module, _, function = sys.argv[1].partition(":")
    job = getattr(importlib.import_module(f"bench.jobs.{module}"), function)
    print(json.dumps(job(*sys.argv[2:])))
