from demo.content.records import Shop, product, shop

MIDDLE: tuple[Shop, ...] = (
    shop(
        "Wangi Tegallalang",
        owner="Ibu Contoh Wayan Sekar",
        story=(
            "Sereh dan nilam tumbuh di pematang belakang rumah, kami suling dua hari sekali di ketel tembaga. "
            "Sabunnya dicetak seminggu sebelum purnama, lalu diperam sebulan di rak bambu. "
            "Canang di depan tungku tidak pernah lupa diganti."
        ),
        regency="51.04", place="Kab. Gianyar", awning=3, category="perawatan", palette="jasmine", prefix="WTG",
        brand="Wangi Bali", seed=15, rate=2000,
        products=(
            product(
                "Sabun Sereh Kelapa", "Minyak kelapa, minyak sereh, dan abu kulit kakao, dicetak dingin lalu diperam empat minggu. "
                "Busanya lembut, kulit tidak kesat.",
                "perawatan", "soap", 110, ("1 batang", 28000, 80), ("3 batang", 78000, 40), label="Sabun Sereh",
                motif="leaf", rate=2500,
            ),
            product(
                "Sabun Kamboja", "Ditaburi kelopak kamboja kering dari halaman pura keluarga. "
                "Wanginya tenang, tidak menempel di handuk.",
                "perawatan", "soap", 110, ("1 batang", 30000, 60), ("3 batang", 84000, 30), label="Sabun Kamboja",
                motif="flower",
            ),
            product(
                "Minyak Sereh Murni", "Hasil suling pertama, tidak dicampur. "
                "Teteskan di air pel supaya nyamuk enggan masuk.",
                "perawatan", "vial", 90, ("30 ml", 48000, 45), ("100 ml", 135000, 16), label="Minyak Sereh", motif="leaf",
                rate=1800,
            ),
            product(
                "Boreh Hangat", "Cengkih, jahe, pala, dan beras merah untuk badan pegal sehabis panen. "
                "Campur sedikit air, balurkan, biarkan kering.",
                "perawatan", "jar", 220, ("150 g", 45000, 35), label="Boreh Hangat", motif="ginger", filling="powder",
            ),
            product(
                "VCO Kelapa Dalam", "Minyak kelapa murni peras dingin dari kelapa dalam, jernih seperti air. "
                "Untuk rambut, kulit, dan menumis.",
                "perawatan", "bottle", 320, ("250 ml", 55000, 40), label="Minyak Kelapa", motif="coconut",
                filling="coconut",
            ),
            product(
                "Udeng Batik", "Ikat kepala sudah jadi, batiknya berwarna senja. "
                "Satu ukuran dengan karet halus di belakang.",
                "busana", "headcloth", 150, ("Merah", 85000, 18), ("Biru", 85000, 18), filling="poleng",
            ),
            product(
                "Lampu Taman Bambu", "Anyaman bambu tutul, cahayanya menembus rapat seperti kunang-kunang di subak. "
                "Simpan di bawah atap kalau hujan.",
                "rumah-kerajinan", "lamp", 1200, ("Tinggi 35 cm", 185000, 12), rate=1200,
            ),
        ),
    ),
    shop(
        "Ata Karangasem",
        owner="Pak Contoh Komang Rai",
        story=(
            "Ata itu sejenis paku hutan; batangnya kami ambil di bukit, bukan rotan seperti dikira orang. "
            "Selesai dianyam, tas dijemur tiga hari lalu diasapi dengan sabut kelapa sampai berwarna madu. "
            "Satu tas bundar butuh dua minggu tangan yang sabar."
        ),
        regency="51.07", place="Kab. Karangasem", awning=5, category="tas-dompet", palette="coconut", prefix="ATK",
        brand="Ata Bali", seed=16, rate=1500,
        products=(
            product(
                "Tas Bundar Ata", "Tas selempang bundar yang diasap, tali kulit sapi asli. "
                "Diameter 20 sentimeter, furing batik.",
                "tas-dompet", "rattan_bag", 400, ("Polos", 185000, 30), ("Bunga", 205000, 24), rate=2000,
            ),
            product(
                "Tas Bundar Ata Besar", "Muat botol minum dan buku tulis. "
                "Kuncinya kuningan, bukan magnet.",
                "tas-dompet", "rattan_bag", 600, ("Diameter 25 cm", 265000, 14),
            ),
            product(
                "Keranjang Sok Ata", "Bakul bertutup untuk ke pura, kini dipakai juga untuk roti dan buah. "
                "Anyamannya rapat, tahan puluhan tahun.",
                "rumah-kerajinan", "basket", 700, ("Sedang", 210000, 12), ("Besar", 290000, 7), rate=1500,
            ),
            product(
                "Sandal Anyam Ata", "Alas anyaman ata di atas sol karet. "
                "Adem di kaki, tidak licin di ubin basah.",
                "busana", "sandals", 450, ("38", 98000, 12), ("40", 98000, 12), ("42", 98000, 10),
            ),
            product(
                "Garam Kusamba", "Garam laut dari palung batang kelapa, dipanen tanpa mesin. "
                "Butirannya besar, asinnya tidak menyengat.",
                "sambal-bumbu", "jar", 400, ("300 g", 32000, 60), label="Garam Kusamba", motif="sun", filling="salt",
            ),
            product(
                "Gula Juruh Dawan", "Gula nira lontar cair dari bukit Dawan, kental dan sedikit berasap. "
                "Siram di atas bubur atau jaja.",
                "kue-manisan", "bottle", 480, ("350 ml", 38000, 34), label="Gula Juruh", motif="coconut", filling="tamarind",
                rate=1000,
            ),
        ),
    ),
    shop(
        "Inaq Sukarara",
        owner="Inaq Contoh Sahni",
        story=(
            "Di Sukarara, anak perempuan belajar menenun sebelum boleh menikah; saya belajar umur sembilan. "
            "Alatnya gedogan, punggung kami sandarannya. "
            "Dari hasil tenun, dua anak saya sudah jadi guru."
        ),
        regency="52.02", place="Kab. Lombok Tengah", awning=0, category="batik-tenun", palette="mangosteen", prefix="INS",
        brand="Inaq Sahni", seed=17, rate=1200,
        products=(
            product(
                "Tenun Subahnale", "Motif segi enam seperti sarang lebah; konon penenunnya berucap subhanallah saat selesai. "
                "Benang katun, tepi dijahit tangan.",
                "batik-tenun", "hanging_cloth", 600, ("Merah", 480000, 7), ("Hijau", 480000, 6), filling="songket",
                rate=1500,
            ),
            product(
                "Selendang Rangrang", "Zigzag jarang berwarna-warni, ringan seperti angin Tanjung Aan. "
                "Cocok untuk kerudung atau taplak kecil.",
                "batik-tenun", "scarf", 220, ("Senja", 185000, 16), ("Laut", 185000, 15), filling="ikat",
            ),
            product(
                "Peci Tenun Sasak", "Bagian sampingnya tenun Lombok, atasnya beludru. "
                "Tersedia nomor 6 sampai 9.",
                "busana", "cap", 160, ("Nomor 7", 78000, 20), ("Nomor 8", 78000, 22), ("Nomor 9", 78000, 14),
                filling="ikat",
            ),
            product(
                "Keranjang Ketak", "Ketak rumput hutan yang dililit rapat lalu dipanggang sampai cokelat. "
                "Bisa untuk tempat baju kotor atau pot.",
                "rumah-kerajinan", "basket", 800, ("Diameter 25 cm", 175000, 14), ("Diameter 35 cm", 260000, 8), rate=1500,
            ),
            product(
                "Gerabah Banyumulek", "Kendi dan pot dari tanah Banyumulek, dibakar jerami sampai belang alami. "
                "Airnya jadi dingin tanpa kulkas.",
                "rumah-kerajinan", "vase", 1500, ("Sedang", 85000, 18),
            ),
            product(
                "Sambal Beberuk Kering", "Cabai rawit Lombok, terasi Lengkare, dan jeruk limau, dibuat kering supaya bisa dikirim. "
                "Satu sendok cukup, sungguh.",
                "sambal-bumbu", "jar", 220, ("150 g", 32000, 50), label="Sambal Beberuk", motif="chili", filling="sambal",
                rate=2000,
            ),
            product(
                "Madu Sumbawa", "Madu hutan dari seberang selat, kami saring kain saja. "
                "Encer dan sedikit asam: memang begitu madu hutan.",
                "sambal-bumbu", "jar", 550, ("350 ml", 92000, 25), label="Madu Sumbawa", motif="honey", filling="honey",
            ),
        ),
    ),
    shop(
        "Ikat Prailiu",
        owner="Rambu Contoh Ana",
        story=(
            "Kain kami dimulai dari kapas, akar mengkudu, dan daun nila yang direndam berminggu-minggu. "
            "Motif kuda, ayam, dan pohon tengkorak menyimpan cerita kampung; kami kirim ceritanya tertulis bersama kain. "
            "Satu hinggi bisa makan waktu satu tahun, jadi mohon sabar dan jangan menawar sampai setengah."
        ),
        regency="53.11", place="Kab. Sumba Timur", awning=3, category="batik-tenun", palette="indigo", prefix="IKP",
        brand="Prailiu", seed=18, rate=800,
        products=(
            product(
                "Hinggi Kombu", "Kain selimut lelaki berwarna mengkudu dan nila, diikat dan ditenun dua bilah lalu disambung. "
                "Pewarna alam sepenuhnya.",
                "batik-tenun", "hanging_cloth", 1400, ("Besar", 3250000, 2), filling="ikat",
            ),
            product(
                "Selendang Tiara", "Selendang ikat untuk bahu, lebar 45 sentimeter. "
                "Biru nila yang makin dicuci makin lembut.",
                "batik-tenun", "scarf", 300, ("Nila", 450000, 9), ("Mengkudu", 450000, 7), filling="ikat", rate=1200,
            ),
            product(
                "Sarung Lau Pahikung", "Sarung perempuan dengan benang timbul di bagian bawah. "
                "Dilipat dan disimpan dengan akar wangi.",
                "batik-tenun", "folded_cloth", 900, ("Hitam putih", 1650000, 3), label="Lau Pahikung", filling="ikat",
            ),
            product(
                "Tas Ikat Sumba", "Sisa ikat yang terlalu kecil untuk kain, jadi dompet tangan dengan lapis kulit kerbau. "
                "Tidak ada yang terbuang.",
                "tas-dompet", "wallet", 250, ("Nila", 225000, 12), ("Merah", 225000, 10), filling="ikat", rate=1500,
            ),
            product(
                "Kopi Wanokaka", "Robusta kebun campur dari lereng Sumba Barat, dijemur di atas terpal depan rumah. "
                "Pahitnya jujur.",
                "kopi-teh-jamu", "coffee_bag", 270, ("250 g", 42000, 30), label="Kopi Wanokaka", motif="coffee",
            ),
            product(
                "Kacang Mete Sumba", "Mete dari Kodi, disangrai dengan pasir lalu diayak. "
                "Sedikit gosong di tepi, dan itu disengaja.",
                "camilan", "pouch", 280, ("250 g", 68000, 35), label="Mete Sumba", motif="peanut", filling="nuts", rate=1000,
            ),
        ),
    ),
    shop(
        "Tepi Kapuas",
        owner="Kak Contoh Aling",
        story=(
            "Dapur kami di gang tepi Kapuas, kalau air pasang lantainya ikut basah. "
            "Lidah buaya datang dari Siantan, ikan dari Kakap, resep lapis dari tetangga lama kami yang pindah ke Singkawang. "
            "Pesan sebelum jam sepuluh, sore sudah naik motor ke bandara."
        ),
        regency="61.71", place="Kota Pontianak", awning=4, category="kue-manisan", palette="roselle", prefix="TKP",
        brand="Tepi Kapuas", seed=19, rate=1500,
        products=(
            product(
                "Lapis Legit Delapan Belas Lapis", "Telur, mentega, dan kesabaran: dipanggang selapis demi selapis dari atas. "
                "Bumbu spekuknya kami giling sendiri.",
                "kue-manisan", "layer_cake", 800, ("Setengah loyang", 185000, 12), ("Satu loyang", 350000, 8), rate=1800,
            ),
            product(
                "Lapis Belacan Pandan", "Bukan terasi, tenang: belacan hanya nama, isinya pandan dan susu. "
                "Lembap dan dingin enak, panas pun jadi.",
                "kue-manisan", "layer_cake", 800, ("Setengah loyang", 165000, 10), filling="pandan",
            ),
            product(
                "Manisan Lidah Buaya", "Potongan lidah buaya Pontianak yang kenyal seperti nata. "
                "Bilas dua kali, lalu beri es dan sirup.",
                "kue-manisan", "jar", 500, ("400 g", 30000, 50), label="Lidah Buaya", motif="leaf", filling="cubes",
            ),
            product(
                "Dodol Lidah Buaya", "Kunyahannya ringan, tidak menempel di langit-langit mulut. "
                "Dibungkus satu-satu.",
                "kue-manisan", "box", 400, ("Isi 20", 34000, 45), label="Dodol Lidah Buaya", motif="leaf", rate=1000,
            ),
            product(
                "Ikan Asin Gabus", "Gabus sungai dibelah dari punggung, digarami, dijemur dua matahari. "
                "Goreng kering, makan dengan sayur asam.",
                "lauk-hasil-laut", "dried_fish", 350, ("250 g", 52000, 30), ("500 g", 98000, 16),
            ),
            product(
                "Kerupuk Basah Kering Kapuas Hulu", "Kerupuk ikan belida versi kering, tinggal goreng. "
                "Kuah sambal kacangnya ikut di dalam.",
                "camilan", "pouch", 320, ("250 g", 36000, 40), label="Kerupuk Belida", motif="fish", filling="crackers",
            ),
        ),
    ),
    shop(
        "Sasirangan Acil Rusna",
        owner="Acil Contoh Rusna",
        story=(
            "Kain disirang, artinya dijelujur, ditarik, lalu dicelup: di situlah gelombangnya lahir. "
            "Kami mewarna di bantaran Martapura dengan kulit ulin, kunyit, dan daun ketapang. "
            "Benang jelujurnya dilepas sambil menonton sinetron."
        ),
        regency="63.71", place="Kota Banjarmasin", awning=1, category="busana", palette="roselle", prefix="SAR",
        brand="Acil Rusna", seed=20, rate=1500,
        products=(
            product(
                "Kain Sasirangan Gigi Haruan", "Motif gigi ikan gabus yang runcing, diwarnai dua kali. "
                "Dua meter, katun satin.",
                "batik-tenun", "hanging_cloth", 400, ("Ungu", 175000, 18), ("Kuning", 175000, 16), filling="blooms",
                rate=1800,
            ),
            product(
                "Gamis Sasirangan", "Gamis polos dengan sasirangan di rok dan manset. "
                "Jatuh dan tidak menerawang.",
                "busana", "gown", 480, ("M", 285000, 12), ("L", 285000, 14), ("XL", 295000, 9), filling="truntum", rate=2000,
            ),
            product(
                "Kemeja Sasirangan", "Gelombang naga balimbur dari bahu ke pinggang. "
                "Dipakai orang kantor tiap Kamis.",
                "busana", "shirt", 300, ("M", 195000, 14), ("L", 195000, 16), ("XL", 205000, 10), filling="blooms",
            ),
            product(
                "Mukena Tepi Sasirangan", "Katun rayon yang adem, renda di tepi, sasirangan di bawah. "
                "Datang dengan tas kecilnya.",
                "busana", "prayer_dress", 550, ("Dewasa", 235000, 20), ("Remaja", 195000, 14), filling="truntum", rate=1800,
            ),
            product(
                "Mukena Putih Renda", "Mukena lebar untuk Lebaran, jahitannya rapi sampai dalam. "
                "Wajahnya pas tanpa tali.",
                "busana", "prayer_dress", 550, ("Dewasa", 215000, 24), filling="kawung",
            ),
            product(
                "Peci Sasirangan", "Peci kaku ringan untuk anak dan ayah, motifnya bisa disamakan. "
                "Nomor 5 sampai 9.",
                "busana", "cap", 140, ("Anak nomor 5", 48000, 20), ("Dewasa nomor 8", 58000, 26), filling="blooms",
            ),
        ),
    ),
)
