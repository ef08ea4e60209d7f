from demo.content.records import Category

CATEGORIES: tuple[Category, ...] = (
    Category("camilan", "Camilan", "Snacks"),
    Category("kue-manisan", "Kue & manisan", "Cakes & sweets"),
    Category("sambal-bumbu", "Sambal & bumbu", "Sambal & spices"),
    Category("kopi-teh-jamu", "Kopi, teh & jamu", "Coffee, tea & jamu"),
    Category("lauk-hasil-laut", "Lauk & hasil laut", "Cooked dishes & seafood"),
    Category("batik-tenun", "Batik & tenun", "Batik & weaving"),
    Category("busana", "Busana", "Clothing"),
    Category("tas-dompet", "Tas & dompet", "Bags & wallets"),
    Category("rumah-kerajinan", "Rumah & kerajinan", "Home & crafts"),
    Category("perawatan", "Perawatan tubuh", "Body care"),
)
