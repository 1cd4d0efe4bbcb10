"""python -m etl"""

import gc
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        # Arrow would load it, and pandas with it; a load uses neither, and half a second is saved
        sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # None refuses an import: documented, missing in the stub
    elif sys.argv[1:2] == ["status"]:
        gc.disable()  # over before there is anything to collect; looking for it takes a tenth of the time
    from etl.command.main import main

    sys.exit(main())
