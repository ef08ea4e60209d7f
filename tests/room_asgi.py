"""The room process with some of its numbers changed, to hurry it or to take away what protects it.

`ROOM_WITH={"livestream.room.hub.LOOK_EVERY": 3600}`; whoever renames a number hears of it here.
"""

import json
import os
from importlib import import_module

from umkm_market.asgi import application

for place, value in json.loads(os.environ["ROOM_WITH"]).items():
    module, _, name = place.rpartition(".")
    assert isinstance(getattr(import_module(module), name), int | float), place
    setattr(import_module(module), name, value)

__all__ = ["application"]
