from demo.content.records import Shop, product, shop

EAST: tuple[Shop, ...] = (
    shop(
        "Dabu Tikala",
        owner="Tante Contoh Meis",
        story=(
            "Dapur kami di Tikala tidak pernah tanpa asap roa. "
            "Ikannya kami ambil dari perahu di Kema, dijepit bambu, lalu diasap semalam dengan sabut kelapa. "
            "Kalau pedasnya kurang, bilang; kalau kelebihan, itu memang ukurannya."
        ),
        regency="71.71", place="Kota Manado", awning=5, category="sambal-bumbu", palette="chili", prefix="DBT",
        brand="Dabu Tikala", seed=21, rate=2000,
        products=(
            product(
                "Sambal Roa", "Ikan roa asap disuwir halus, ditumis dengan cabai dan tomat sampai minyaknya keluar. "
                "Gurih dulu, pedas belakangan.",
                "sambal-bumbu", "jar", 220, ("150 g", 38000, 90), ("250 g", 58000, 60), motif="chili", filling="sambal",
                rate=2500,
            ),
            product(
                "Sambal Cakalang Fufu", "Cakalang asap suwir kasar dengan daun jeruk. "
                "Cukup nasi panas, yang lain tambahan.",
                "sambal-bumbu", "jar", 220, ("150 g", 40000, 70), ("250 g", 62000, 40), label="Sambal Cakalang",
                motif="fish", filling="sambal", rate=2500,
            ),
            product(
                "Cakalang Fufu Utuh", "Cakalang belah jepit bambu, diasap sampai kecokelatan. "
                "Dikemas vakum, tahan tiga minggu di kulkas.",
                "lauk-hasil-laut", "dried_fish", 900, ("1 ekor 700 g", 85000, 22),
            ),
            product(
                "Abon Cakalang", "Abon kering tanpa kelapa, rasanya ikan sungguhan. "
                "Bekal yang tidak rewel.",
                "lauk-hasil-laut", "pouch", 220, ("200 g", 48000, 55), motif="fish", filling="sticks", rate=1500,
            ),
            product(
                "Klappertaart Loyang", "Kelapa muda, susu, dan kayu manis, dipanggang sampai tepinya cokelat. "
                "Kirim beku, untuk Sulawesi dan Jawa saja.",
                "kue-manisan", "box", 700, ("600 g", 78000, 16), label="Klappertaart", motif="coconut",
            ),
            product(
                "Halua Kenari", "Kenari digulai gula aren sampai berbalut kaca. "
                "Keras di awal, lalu menyerah.",
                "kue-manisan", "jar", 300, ("250 g", 52000, 35), label="Halua Kenari", motif="peanut", filling="nuts",
            ),
            product(
                "Rica Rawit Bubuk", "Rawit kecil dari Tomohon, dikeringkan lalu digiling dengan bijinya. "
                "Buka bungkusnya jangan di depan kipas.",
                "sambal-bumbu", "sachet", 60, ("50 g", 19000, 100), label="Rica Rawit", motif="chili", rate=2000,
            ),
        ),
    ),
    shop(
        "Perak Kendari Werek",
        owner="Pak Contoh La Ode",
        story=(
            "Benang perak kami tarik sampai setipis rambut, lalu dipilin dua-dua dan ditekuk dengan pinset. "
            "Kerja seperti sarang laba-laba, kata tamu dari jauh; makanya kami menyebutnya kendari werek. "
            "Yang belajar di bengkel ini tidak membayar, cukup datang tiap sore."
        ),
        regency="74.71", place="Kota Kendari", awning=3, category="tas-dompet", palette="sea", prefix="PKW",
        brand="Werek", seed=22, rate=1000,
        products=(
            product(
                "Bros Filigri Kembang Teluk", "Perak 925 dengan batu akik di tengah, delapan kelopak berisi ulir. "
                "Peniti ganda, aman untuk kebaya.",
                "tas-dompet", "filigree", 60, ("4 cm", 320000, 8), ("6 cm", 475000, 5), rate=1200,
            ),
            product(
                "Liontin Filigri", "Liontin bulat dengan kait rantai, setiap ulir disolder satu per satu. "
                "Rantai dijual terpisah.",
                "tas-dompet", "filigree", 40, ("3 cm", 245000, 10),
            ),
            product(
                "Gantungan Badik", "Badik mini berbilah tumpul, sarung kayu jati dan cincin perak sepuh. "
                "Kecil, tetapi selalu ditanya orang.",
                "rumah-kerajinan", "dagger_charm", 60, ("Perak tua", 45000, 50), ("Kuningan", 40000, 50), rate=1500,
            ),
            product(
                "Mete Kendari Panggang", "Mete Muna dan Buton, besar dan putih, dipanggang dengan garam. "
                "Kaleng rapat, tetap renyah sebulan.",
                "camilan", "tin", 450, ("400 g", 98000, 40), label="Mete Kendari", motif="peanut", rate=1500,
            ),
            product(
                "Tenun Tolaki", "Tenun benang katun berpadu benang perak, motif pinehiku. "
                "Dua meter, cukup untuk satu baju.",
                "batik-tenun", "folded_cloth", 500, ("Biru laut", 520000, 6), ("Marun", 520000, 5), label="Tenun Tolaki",
                filling="songket",
            ),
            product(
                "Kopi Susu Jahe Muna", "Kopi robusta, jahe emprit, dan gula aren dalam satu bubuk. "
                "Tuang air panas, selesai.",
                "kopi-teh-jamu", "pouch", 220, ("200 g", 32000, 44), label="Kopi Jahe", motif="ginger", filling="powder",
            ),
        ),
    ),
    shop(
        "Rempah Nusa Ina",
        owner="Usi Contoh Ona",
        story=(
            "Pala dan cengkih kami jemur di depan gereja, di atas terpal yang sama sejak saya kecil. "
            "Minyak kayu putih datang dari ketel di Pulau Buru, seminggu sekali naik kapal Pelni. "
            "Orang dulu berlayar setahun demi ini; kamu cukup menunggu lima hari."
        ),
        regency="81.71", place="Kota Ambon", awning=2, category="sambal-bumbu", palette="turmeric", prefix="RNI",
        brand="Nusa Ina", seed=23, rate=1500,
        products=(
            product(
                "Minyak Kayu Putih Buru", "Hasil suling ketel daun dari Pulau Buru, hijau muda dan tajam. "
                "Gosok di perut, hirup dari telapak.",
                "perawatan", "vial", 120, ("60 ml", 45000, 70), ("100 ml", 70000, 50), label="Kayu Putih", motif="leaf",
                rate=2000,
            ),
            product(
                "Pala Banda Utuh", "Pala tua yang berbunyi di dalam cangkangnya, dari pohon di Banda Besar. "
                "Parut sedikit untuk sup dan kue.",
                "sambal-bumbu", "heap", 220, ("200 g", 48000, 36), ("500 g", 110000, 18), filling="nuts",
            ),
            product(
                "Cengkih Kering", "Bunga cengkih yang dipetik sebelum mekar, dijemur empat hari. "
                "Untuk semur, gulai, dan wedang malam.",
                "sambal-bumbu", "jar", 160, ("100 g", 36000, 60), motif="flower", filling="beans",
            ),
            product(
                "Roti Kenari Saparua", "Roti kering berbentuk daun dengan kenari cincang, keras dan wangi. "
                "Celup ke teh panas dulu.",
                "kue-manisan", "box", 350, ("300 g", 42000, 30), label="Roti Kenari", motif="cake", filling="cookies",
                rate=1200,
            ),
            product(
                "Sirup Pala", "Daging buah pala direbus dengan gula dan sedikit jeruk nipis. "
                "Merah muda alami, segar dengan es.",
                "kopi-teh-jamu", "bottle", 800, ("500 ml", 48000, 32), label="Sirup Pala", motif="flower", filling="syrup",
                rate=1500,
            ),
            product(
                "Ikan Julung Asap", "Julung-julung kecil diasap berjajar di bambu, tinggal disuwir. "
                "Enak dengan colo-colo dan kasbi rebus.",
                "lauk-hasil-laut", "dried_fish", 300, ("250 g", 46000, 28),
            ),
        ),
    ),
    shop(
        "Noken Anim Ha",
        owner="Mama Contoh Yosefina",
        story=(
            "Mama-mama di pinggir Merauke memilin kulit kayu di paha sambil menjaga pondok sagu. "
            "Warna kami dari kunyit hutan, kapur, dan arang; satu noken bisa tiga minggu. "
            "Ukiran datang dari saudara di Asmat, naik perahu, jadi jumlahnya mengikuti musim."
        ),
        regency="93.01", place="Kab. Merauke", awning=4, category="rumah-kerajinan", palette="brick", prefix="NAH",
        brand="Anim Ha", seed=24, rate=1000,
        products=(
            product(
                "Tas Anyam Pandan Hutan", "Anyaman pandan hutan yang dililit melingkar, ringan dan kuat. "
                "Dipakai menyamping seperti noken.",
                "tas-dompet", "rattan_bag", 450, ("Natural", 195000, 12), ("Merah tanah", 215000, 9), rate=1500,
            ),
            product(
                "Perisai Ukir Asmat Kecil", "Kayu ringan diukir dengan pahat besi, diwarnai kapur, arang, dan tanah merah. "
                "Tiap ukiran punya cerita leluhur pembuatnya.",
                "rumah-kerajinan", "carving", 1800, ("50 cm", 480000, 4), ("80 cm", 850000, 2),
            ),
            product(
                "Kain Motif Papua", "Katun cap bermotif ukiran selatan, dicetak di koperasi mama-mama. "
                "Lebar 115 sentimeter.",
                "batik-tenun", "hanging_cloth", 350, ("2 meter", 165000, 30), filling="asmat", rate=1500,
            ),
            product(
                "Kemeja Motif Papua", "Lengan pendek, motifnya besar di punggung. "
                "Katun tebal, tahan kena garam laut.",
                "busana", "shirt", 320, ("M", 185000, 12), ("L", 185000, 15), ("XL", 195000, 12), filling="asmat",
            ),
            product(
                "Bakul Sagu", "Bakul dari pelepah sagu yang dijahit rotan, dulu untuk menampung tepung basah. "
                "Sekarang sering jadi tempat majalah.",
                "rumah-kerajinan", "basket", 750, ("Sedang", 145000, 10),
            ),
            product(
                "Kopi Wamena", "Arabika tanpa pupuk dari Jayawijaya, turun ke Merauke dengan pesawat kecil. "
                "Bersih, ringan, manis seperti tebu.",
                "kopi-teh-jamu", "coffee_bag", 250, ("200 g", 85000, 24), label="Kopi Wamena", motif="coffee", rate=1200,
            ),
            product(
                "Keripik Sagu Kelapa", "Sagu Merauke dengan kelapa parut, dipanggang tipis. "
                "Renyahnya pelan, manisnya tipis.",
                "camilan", "pouch", 220, ("200 g", 33000, 40), label="Keripik Sagu", motif="coconut", filling="crackers",
                rate=1500,
            ),
        ),
    ),
)
