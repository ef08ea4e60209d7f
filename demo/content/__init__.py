"""What the demo market sells and who sells it, as plain data.

Places, crafts and dishes are real; shops, keepers and shoppers are invented and say so.
"""

from demo.content.chatter import CHAT_LINES, ROBOT_NAMES, fill_in
from demo.content.records import DEMO_NOTE, Product, Shop, Variant
from demo.content.shops_east import EAST
from demo.content.shops_java import JAVA
from demo.content.shops_middle import MIDDLE
from demo.content.shops_sumatra import SUMATRA

SHOPS: tuple[Shop, ...] = (*SUMATRA, *JAVA, *MIDDLE, *EAST)

__all__ = [
    "CHAT_LINES",
    "DEMO_NOTE",
    "ROBOT_NAMES",
    "SHOPS",
    "Product",
    "Shop",
    "Variant",
    "fill_in",
]
