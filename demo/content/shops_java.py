from demo.content.records import Shop, product, shop

JAVA: tuple[Shop, ...] = (
    shop(
        "Kulit Sukaregang",
        owner="Kang Contoh Asep",
        story=(
            "Sukaregang di Garut sudah menyamak kulit sejak kakek kami kecil. "
            "Kami memotong, menjahit, dan menghaluskan tepinya di rumah sendiri, tanpa mesin cetak. "
            "Kalau jahitannya lepas, kirim balik: kami jahit lagi tanpa biaya."
        ),
        regency="32.05", place="Kab. Garut", awning=1, category="tas-dompet", palette="brick", prefix="KSR",
        brand="Sukaregang", seed=7, rate=1500,
        products=(
            product(
                "Dompet Lipat Kulit Sapi", "Kulit sapi samak nabati yang makin tua makin mengilap. "
                "Delapan slot kartu, jahitan tangan benang lilin.",
                "tas-dompet", "wallet", 160, ("Tembaga", 189000, 30), ("Cokelat tua", 189000, 28), ("Hitam", 189000, 26),
                label="Dompet Kulit", rate=1800,
            ),
            product(
                "Dompet Panjang Kulit Domba", "Kulit domba Garut yang lembut, muat ponsel dan uang tanpa dilipat. "
                "Ritsleting kuningan.",
                "tas-dompet", "wallet", 220, ("Cokelat", 245000, 18), ("Hitam", 245000, 16),
            ),
            product(
                "Sandal Kulit Jepit", "Alas kulit sapi tebal dengan tali anyam, sol karet ban bekas yang kuat. "
                "Pakai seminggu, lalu ia mengikuti bentuk kakimu.",
                "busana", "sandals", 600, ("39", 135000, 12), ("41", 135000, 14), ("43", 135000, 10), rate=1200,
            ),
            product(
                "Gantungan Kunci Kujang", "Kujang kecil dari kuningan di atas lidah kulit, dicor di Garut. "
                "Ujungnya tumpul, aman di saku.",
                "rumah-kerajinan", "dagger_charm", 60, ("Kuningan", 38000, 80), ("Perak tua", 42000, 60),
            ),
            product(
                "Dodol Garut Ketan Hitam", "Dodol lembut dari ketan hitam dan gula aren, dibungkus kertas minyak. "
                "Resep uwak yang tidak pernah ditulis.",
                "kue-manisan", "box", 450, ("400 g", 36000, 60), label="Dodol Garut", motif="cake", rate=1000,
            ),
            product(
                "Jaket Batik Garutan", "Kain batik Garutan bermotif lereng dengan kerah tegak. "
                "Dipakai ke kantor atau ke kondangan.",
                "busana", "shirt", 450, ("M", 275000, 9), ("L", 275000, 11), ("XL", 285000, 7), filling="parang",
            ),
        ),
    ),
    shop(
        "Batik Awan Trusmi",
        owner="Kang Contoh Katim",
        story=(
            "Trusmi bangun dengan bau malam yang meleleh. "
            "Di rumah kami tiga generasi membatik di satu teras: nenek memegang canting, ibu mewarna, saya yang menjawab pesanan. "
            "Gradasi mega mendung kami tujuh lapis, dan tiap lapis satu kali celup."
        ),
        regency="32.09", place="Kab. Cirebon", awning=1, category="batik-tenun", palette="indigo", prefix="BAT",
        brand="Awan Trusmi", seed=8, rate=1200,
        products=(
            product(
                "Batik Tulis Mega Mendung", "Awan Cirebon tujuh gradasi biru di atas primisima. "
                "Panjang 2,4 meter, dikerjakan sekitar tiga minggu.",
                "batik-tenun", "hanging_cloth", 500, ("Biru", 875000, 6), ("Merah", 875000, 5), filling="mega_mendung",
                rate=1500,
            ),
            product(
                "Batik Cap Mega Mendung", "Cap tembaga buatan pandai Trusmi, warna tidak luntur setelah cuci pertama. "
                "Dua meter, cukup untuk satu kemeja.",
                "batik-tenun", "folded_cloth", 400, ("Biru", 165000, 40), ("Hijau", 165000, 35), ("Cokelat", 165000, 30),
                label="Mega Mendung", filling="mega_mendung", rate=2000,
            ),
            product(
                "Kemeja Mega Mendung Lengan Pendek", "Awannya disambung rapi di kancing dan kantong. "
                "Katun adem untuk siang Pantura.",
                "busana", "shirt", 300, ("M", 215000, 18), ("L", 215000, 20), ("XL", 225000, 14), filling="mega_mendung",
            ),
            product(
                "Selendang Batik Kawung", "Kawung kecil dengan warna soga yang dalam. "
                "Ringan, 50 x 200 sentimeter.",
                "batik-tenun", "scarf", 200, ("Soga", 145000, 22), filling="kawung",
            ),
            product(
                "Terasi Udang Cirebon", "Terasi rebon tanpa pewarna, dijemur lalu ditumbuk dua kali. "
                "Bakar sebentar di atas api sebelum diulek.",
                "sambal-bumbu", "box", 250, ("200 g", 24000, 70), label="Terasi Rebon", motif="fish", filling="powder",
            ),
            product(
                "Teh Melati Poci", "Daun teh dari lereng Ciremai dan melati yang dipetik sebelum mekar. "
                "Seduh di poci tanah, gula batunya jangan diaduk.",
                "kopi-teh-jamu", "tin", 250, ("150 g", 45000, 30), label="Teh Melati", motif="flower", rate=1000,
            ),
        ),
    ),
    shop(
        "Anyam Rajapolah",
        owner="Teh Contoh Euis",
        story=(
            "Sepanjang jalan Rajapolah orang menganyam sambil mengobrol, dan tangan kami tidak pernah tertukar. "
            "Bambu tali dibelah tipis, mendong dijemur, daun pandan direbus dengan warna. "
            "Satu keranjang besar habis dalam sehari kalau anak tidak rewel."
        ),
        regency="32.06", place="Kab. Tasikmalaya", awning=2, category="rumah-kerajinan", palette="pandan", prefix="ARP",
        brand="Rajapolah", seed=9, rate=1800,
        products=(
            product(
                "Keranjang Piknik Bambu", "Anyaman bambu dengan gagang lengkung, kuat menahan lima kilogram. "
                "Bagian dalam dihaluskan agar tidak menyangkut kain.",
                "rumah-kerajinan", "basket", 900, ("Sedang", 115000, 24), ("Besar", 155000, 15), rate=2000,
            ),
            product(
                "Lampu Meja Anyam Bambu", "Cahayanya jatuh berbentuk bintang di tembok kamar. "
                "Sudah dengan kabel 1,5 meter dan fitting E27, belum dengan bohlam.",
                "rumah-kerajinan", "lamp", 1100, ("Tinggi 30 cm", 165000, 16), ("Tinggi 45 cm", 225000, 9),
            ),
            product(
                "Kelom Geulis Batik", "Bakiak kayu mahoni berukir dengan tali kulit, bunyinya khas di ubin. "
                "Hak rendah, bisa dipakai seharian.",
                "busana", "sandals", 700, ("37", 128000, 8), ("38", 128000, 10), ("39", 128000, 9), filling="blooms",
            ),
            product(
                "Tas Bundar Mendong", "Mendong dililit dari tengah ke tepi, dikunci benang nilon. "
                "Tali kulit sintetis, furing katun, satu kantong dalam.",
                "tas-dompet", "rattan_bag", 450, ("Natural", 98000, 30), ("Kembang", 108000, 24), rate=1500,
            ),
            product(
                "Sendok Kayu Satu Set", "Centong, sendok, dan sutil dari kayu sonokeling, nangka, dan mahoni. "
                "Dilapis minyak kelapa, aman untuk wajan antilengket.",
                "rumah-kerajinan", "spoons", 350, ("Isi 3", 65000, 45),
            ),
            product(
                "Gula Aren Cetak Cipatujah", "Nira disadap pagi dan sore, dimasak sampai kental lalu dicetak di batok. "
                "Dibungkus daun kelapa kering.",
                "kue-manisan", "palm_sugar", 1050, ("1 kg", 42000, 40), ("3 kg", 120000, 14),
            ),
        ),
    ),
    shop(
        "Batik Kampung Laweyan",
        owner="Bu Contoh Sri",
        story=(
            "Rumah kami berdinding tinggi seperti rumah-rumah juragan Laweyan dulu, di belakangnya ada kolam pewarna. "
            "Kami masih memakai soga dari kulit tegeran, jambal, dan tingi untuk batik tulis. "
            "Pembatiknya enam orang, semua tetangga, semua dibayar per helai yang selesai."
        ),
        regency="33.72", place="Kota Surakarta", awning=5, category="batik-tenun", palette="coffee", prefix="BKL",
        brand="Bu Sri", seed=10, rate=1000,
        products=(
            product(
                "Batik Tulis Kawung Picis", "Kawung sebesar uang picis, latar putih gading, soga alam. "
                "Dua setengah meter, bertanda tangan pembatiknya di tepi kain.",
                "batik-tenun", "folded_cloth", 500, ("Soga", 1150000, 4), label="Kawung Picis", filling="kawung",
            ),
            product(
                "Batik Tulis Truntum", "Bintang kecil bertabur yang dipakai orang tua pengantin: cinta yang tumbuh kembali. "
                "Latar hitam, isen titik.",
                "batik-tenun", "folded_cloth", 500, ("Hitam", 1250000, 3), label="Truntum", filling="truntum",
            ),
            product(
                "Kain Parang Rusak Cap", "Lereng parang yang tak putus, dicap dua sisi supaya tembus. "
                "Dua meter lebih, cukup untuk jarik.",
                "batik-tenun", "hanging_cloth", 400, ("Soga", 185000, 28), ("Wedel biru", 185000, 24), filling="parang",
                rate=1500,
            ),
            product(
                "Kemeja Parang Lengan Panjang", "Potongan pas badan, sambungan motif lurus di bahu. "
                "Furing katun di bagian dada.",
                "busana", "shirt", 350, ("M", 295000, 12), ("L", 295000, 15), ("XL", 305000, 10), filling="parang",
                rate=1200,
            ),
            product(
                "Gamis Batik Buketan", "Badan polos dengan buketan di ujung rok dan lengan. "
                "Panjang 140 sentimeter, resleting depan untuk ibu menyusui.",
                "busana", "gown", 500, ("M", 325000, 8), ("L", 325000, 9), filling="blooms",
            ),
            product(
                "Blangkon Solo", "Blangkon tanpa mondolan besar, wiru tujuh lipat, dijahit di atas cetakan kayu. "
                "Sebutkan lingkar kepala di catatan pesanan.",
                "busana", "headcloth", 180, ("56 cm", 95000, 12), ("58 cm", 95000, 14), filling="kawung",
            ),
            product(
                "Gunungan Wayang Kulit", "Kayon dari kulit kerbau, ditatah halus dan disungging prada. "
                "Gapitnya tanduk, siap dipajang.",
                "rumah-kerajinan", "shadow_puppet", 450, ("40 cm", 385000, 5), ("60 cm", 720000, 2),
            ),
        ),
    ),
    shop(
        "Ukir Kali Jepara",
        owner="Mas Contoh Wahyu",
        story=(
            "Pahat kami berbaris tiga puluh buah, dan tiap pahat punya nama. "
            "Kayunya jati dari limbah mebel besar: yang terlalu pendek untuk lemari jadi sendok, mainan, dan papan ukir. "
            "Serutannya pun terpakai, untuk bahan bakar tetangga yang memanggang ikan."
        ),
        regency="33.20", place="Kab. Jepara", awning=4, category="rumah-kerajinan", palette="coconut", prefix="UKJ",
        brand="Kali Jepara", seed=11, rate=1500,
        products=(
            product(
                "Gasing Kayu Bubut", "Kayu sawo yang berat, diwarnai lak seperti gasing zaman SD. "
                "Berputar lebih dari dua menit kalau lemparannya benar.",
                "rumah-kerajinan", "spinning_top", 250, ("Kecil", 28000, 60), ("Besar", 45000, 35), rate=1800,
            ),
            product(
                "Set Sutil Jati", "Jati tua dari sisa kusen, diamplas sampai halus dan diminyaki. "
                "Tidak melengkung kena kuah panas.",
                "rumah-kerajinan", "spoons", 400, ("Isi 3", 85000, 30), rate=1500,
            ),
            product(
                "Papan Ukir Dinding", "Ukiran dalam di satu papan utuh, finishing minyak. "
                "Motifnya bisa dipilih lewat pesan.",
                "rumah-kerajinan", "carving", 2200, ("60 cm", 350000, 4), ("90 cm", 620000, 2),
            ),
            product(
                "Tenun Troso Ikat", "Kain tenun ikat dari Desa Troso, benang katun mercerized. "
                "Lebar 110 sentimeter, dijual per meter.",
                "batik-tenun", "hanging_cloth", 300, ("1 meter", 78000, 80), ("2 meter", 150000, 40), filling="ikat",
            ),
            product(
                "Selendang Troso", "Tenunan tipis untuk kerudung atau syal, rumbainya dipilin tangan. "
                "Dua warna benang yang saling mengejar.",
                "batik-tenun", "scarf", 180, ("Terakota", 95000, 26), ("Toska", 95000, 24), filling="ikat",
            ),
            product(
                "Mangkuk Sonokeling Lapis Glasir", "Mangkuk keramik dengan alas kayu, kerja sama dengan perajin tanah liat Mayong. "
                "Tahan microwave tanpa alasnya.",
                "rumah-kerajinan", "bowl", 600, ("Diameter 15 cm", 74000, 20),
            ),
        ),
    ),
    shop(
        "Gerabah Kasongan Ayu",
        owner="Mbak Contoh Ayu",
        story=(
            "Tanah liatnya dari sawah di Bangunjiwo, pembakarannya memakai jerami dan sabut kelapa. "
            "Ibu saya memutar, saya melukis, bapak menjaga api semalam suntuk. "
            "Kalau ada yang retak di jalan, kami ganti; kirim saja fotonya."
        ),
        regency="34.02", place="Kab. Bantul", awning=0, category="rumah-kerajinan", palette="brick", prefix="GKA",
        brand="Kasongan Ayu", seed=12, rate=1000,
        products=(
            product(
                "Pot Gerabah Lukis", "Pot terakota dengan lukisan tangan, berlubang di dasar dan ada tatakannya. "
                "Tanaman di foto hanya peraga.",
                "rumah-kerajinan", "vase", 1800, ("Diameter 18 cm", 58000, 40), ("Diameter 25 cm", 92000, 22), rate=1200,
            ),
            product(
                "Mangkuk Glasir Batik", "Mangkuk sayur berhias pita batik di bawah glasir, aman untuk makanan. "
                "Dibakar 1.200 derajat.",
                "rumah-kerajinan", "bowl", 550, ("Putih", 68000, 30), ("Hijau", 68000, 28), ("Hitam", 68000, 25),
                rate=1500,
            ),
            product(
                "Mug Celup Dua Warna", "Dicelup dua glasir sehingga setiap tetesannya berbeda. "
                "Isi 300 mililiter, pegangannya muat tiga jari.",
                "rumah-kerajinan", "cup", 450, ("Satuan", 52000, 50), ("Sepasang", 98000, 24),
            ),
            product(
                "Gunungan Hias Meja", "Kayon kecil dari kulit, berdiri di atas alas sonokeling. "
                "Oleh-oleh yang tidak memenuhi koper.",
                "rumah-kerajinan", "shadow_puppet", 200, ("20 cm", 95000, 20),
            ),
            product(
                "Bros Perak Kotagede", "Filigri perak 925 dari benang perak yang dipilin, dikerjakan teman kami di Kotagede. "
                "Peniti belakang kuat untuk hijab tebal.",
                "tas-dompet", "filigree", 50, ("Kembang 4 cm", 285000, 10), ("Kembang 6 cm", 420000, 6), rate=800,
            ),
            product(
                "Peyek Kacang Imogiri", "Rempeyek tipis dengan kacang tanah dan daun jeruk, digoreng tungku kayu. "
                "Dibungkus dua lapis supaya tidak remuk.",
                "camilan", "pouch", 280, ("250 g", 26000, 60), label="Peyek Kacang", motif="peanut", filling="crackers",
            ),
        ),
    ),
    shop(
        "Renyah Arjuno",
        owner="Mas Contoh Dimas",
        story=(
            "Apel yang terlalu kecil untuk supermarket kami beli dari petani di lereng Arjuno dan jadikan keripik. "
            "Mesin vakum kami beli bekas tahun 2016 dan namanya Sumi. "
            "Tempenya dari Sanan, kampung tempe di Malang, dikirim naik becak tiap subuh."
        ),
        regency="35.73", place="Kota Malang", awning=2, category="camilan", palette="jasmine", prefix="RAJ",
        brand="Renyah Arjuno", seed=13, rate=2500,
        products=(
            product(
                "Keripik Apel Vakum", "Apel manalagi digoreng vakum, tetap berwarna dan terasa buahnya. "
                "Tanpa gula tambahan.",
                "camilan", "pouch", 120, ("100 g", 28000, 100), ("250 g", 64000, 50), label="Keripik Apel", motif="flower",
                filling="cassava", rate=3000,
            ),
            product(
                "Keripik Nangka", "Nangka matang pohon yang jadi renyah tanpa kehilangan wanginya. "
                "Manis sendiri.",
                "camilan", "pouch", 120, ("100 g", 29000, 80), ("250 g", 66000, 42), label="Keripik Nangka", motif="sun",
                filling="chips",
            ),
            product(
                "Keripik Tempe Sanan", "Tempe setipis kertas, berbalut tepung ketumbar dan daun jeruk. "
                "Pecahnya satu bunyi.",
                "camilan", "pouch", 250, ("200 g", 20000, 140), ("500 g", 46000, 70), label="Keripik Tempe", motif="leaf",
                filling="chips", rate=2000,
            ),
            product(
                "Kacang Mete Panggang", "Mete dari Wonogiri, dipanggang dengan garam halus. "
                "Utuh, bukan belahan.",
                "camilan", "jar", 300, ("250 g", 72000, 30), label="Mete Panggang", motif="peanut", filling="nuts",
            ),
            product(
                "Sari Apel Batu", "Perasan apel rome beauty dengan sedikit gula tebu. "
                "Kocok dulu, endapannya memang dari buah.",
                "kopi-teh-jamu", "bottle", 750, ("500 ml", 24000, 60), ("6 botol", 135000, 12), label="Sari Apel",
                motif="leaf", filling="ginger",
            ),
            product(
                "Nastar Selai Nanas", "Nastar gendut berisi nanas dari Blitar, olesan kuningnya dari telur bebek. "
                "Dibuat sesuai pesanan, dua hari.",
                "kue-manisan", "jar", 600, ("500 g", 85000, 25), label="Nastar Nanas", motif="cake", filling="cookies",
                rate=1500,
            ),
        ),
    ),
    shop(
        "Jamu Empon Madura",
        owner="Bu Contoh Marni",
        story=(
            "Empon-empon kami tumbuh di tegalan Sumenep yang kering, makanya rimpangnya kecil tapi tajam. "
            "Resepnya catatan tangan nenek; takarannya genggam, bukan gram, jadi saya yang menakar sendiri. "
            "Jamu bukan obat: kalau sakit, tetap ke puskesmas ya."
        ),
        regency="35.29", place="Kab. Sumenep", awning=4, category="kopi-teh-jamu", palette="pandan", prefix="JBM",
        brand="Bu Marni", seed=14, rate=1500,
        products=(
            product(
                "Jamu Kunyit Asam", "Kunyit segar, asam jawa, dan gula aren, direbus pelan. "
                "Diminum dingin paling enak; simpan di kulkas, habiskan lima hari.",
                "kopi-teh-jamu", "bottle", 600, ("500 ml", 22000, 60), ("1 liter", 40000, 35), label="Kunyit Asam",
                motif="ginger", filling="turmeric", rate=2000,
            ),
            product(
                "Jamu Beras Kencur", "Beras direndam semalam, ditumbuk dengan kencur dan jahe. "
                "Favorit anak-anak karena manis.",
                "kopi-teh-jamu", "bottle", 600, ("500 ml", 22000, 55), ("1 liter", 40000, 30), label="Beras Kencur",
                motif="ginger", filling="coconut",
            ),
            product(
                "Wedang Uwuh Celup", "Secang, cengkih, jahe, dan kayu manis dalam kantong celup. "
                "Airnya merah, badan hangat.",
                "kopi-teh-jamu", "box", 150, ("Isi 10", 28000, 50), label="Wedang Uwuh", motif="flower", filling="petals",
            ),
            product(
                "Jahe Merah Bubuk", "Jahe merah parut yang dikristalkan dengan gula aren. "
                "Dua sendok untuk secangkir air panas.",
                "kopi-teh-jamu", "coffee_bag", 280, ("250 g", 35000, 48), label="Jahe Merah", motif="ginger", rate=1800,
            ),
            product(
                "Lulur Rempah Madura", "Beras, temu giring, cendana, dan bunga kenanga, digiling kering. "
                "Campur air mawar, gosok sebelum mandi.",
                "perawatan", "jar", 250, ("200 g", 42000, 40), label="Lulur Rempah", motif="flower", filling="powder",
            ),
            product(
                "Batik Gentongan Tanjungbumi", "Direndam berbulan-bulan dalam gentong, warnanya dalam dan tidak pudar. "
                "Merah Madura yang berani.",
                "batik-tenun", "folded_cloth", 500, ("Merah", 985000, 3), label="Batik Gentongan", filling="blooms",
            ),
        ),
    ),
)
