from demo.content.records import Shop, product, shop

SUMATRA: tuple[Shop, ...] = (
    shop(
        "Dapur Pulau Weh",
        owner="Bu Contoh Cut Nila",
        story=(
            "Dari dapur kecil dekat pelabuhan Balohan, kami memasak oleh-oleh Sabang "
            "untuk orang yang turun dari kapal. "
            "Dodol diaduk tujuh jam di kuali besar, ikan kayu dijemur di halaman "
            "sampai sekeras kayu sungguhan. "
            "Kalau angin barat datang, jemuran masuk dulu, kiriman mundur sehari."
        ),
        regency="11.72",
        place="Kota Sabang",
        awning=1,
        category="kue-manisan",
        palette="sea",
        prefix="DPW",
        brand="Pulau Weh",
        seed=1,
        rate=800,
        products=(
            product(
                "Dodol Sabang Pandan",
                "Dodol ketan dengan santan segar dan pandan, diaduk sampai berminyak sendiri. "
                "Lembut, tidak lengket di gigi, tahan tiga minggu di suhu ruang.",
                "kue-manisan",
                "wrapped_cakes",
                450,
                ("Isi 12", 32000, 48),
                ("Isi 24", 60000, 30),
                rate=1000,
            ),
            product(
                "Keumamah Ikan Kayu",
                "Tongkol rebus yang diasap lalu dijemur berhari-hari, bekal pelaut Aceh sejak dulu. "
                "Iris tipis, rendam air panas, lalu tumis dengan cabai hijau dan daun kari.",
                "lauk-hasil-laut",
                "dried_fish",
                300,
                ("Utuh 250 g", 55000, 25),
                ("Iris 250 g", 62000, 20),
            ),
            product(
                "Bakpia Sabang Kacang Hijau",
                "Kulitnya berlapis tipis dan isinya kacang hijau kupas, manisnya sopan. "
                "Dipanggang subuh, dikirim siang.",
                "kue-manisan",
                "box",
                400,
                ("Isi 10", 35000, 60),
                ("Isi 20", 65000, 40),
                label="Bakpia Sabang",
                motif="cake",
                filling="cookies",
            ),
            product(
                "Timphan Asoe Kaya",
                "Kue pisang dan ketan berisi srikaya, dibungkus daun pisang muda. "
                "Dikirim beku dengan kantong es; kukus sepuluh menit sebelum disajikan.",
                "kue-manisan",
                "wrapped_cakes",
                600,
                ("Isi 10 beku", 38000, 24),
            ),
            product(
                "Bumbu Kari Aceh",
                "Ketumbar sangrai, kelapa gongseng, bunga lawang, dan cabai kering digiling bersama. "
                "Satu bungkus cukup untuk satu kilogram daging.",
                "sambal-bumbu",
                "sachet",
                120,
                ("100 g", 18000, 90),
                ("3 bungkus", 50000, 35),
                motif="chili",
                rate=1200,
            ),
            product(
                "Kopi Khop Bubuk Saring",
                "Robusta sangrai gelap dengan sedikit mentega, digiling untuk disaring kain. "
                "Seduh kental, lalu balik gelasnya di atas piring kecil seperti di warung.",
                "kopi-teh-jamu",
                "coffee_bag",
                250,
                ("200 g", 34000, 40),
                ("500 g", 79000, 22),
                label="Kopi Khop",
                motif="coffee",
            ),
        ),
    ),
    shop(
        "Kopi Dataran Gayo",
        owner="Pak Contoh Win Linge",
        story=(
            "Kebun kami di ketinggian 1.400 meter dekat Danau Lut Tawar. "
            "Buah merah dipetik satu per satu, digiling basah, dan dijemur di para-para. "
            "Kami menyangrai tiap Senin dan Kamis, jadi kopi yang sampai belum lewat seminggu dari mesin."
        ),
        regency="11.04",
        place="Kab. Aceh Tengah",
        awning=2,
        category="kopi-teh-jamu",
        palette="coffee",
        prefix="KDG",
        brand="Dataran Gayo",
        seed=2,
        rate=1500,
        products=(
            product(
                "Arabika Gayo Semi Washed",
                "Rasa rempah manis, badan tebal, asamnya pendek: gaya giling basah yang khas Gayo. "
                "Cocok untuk tubruk dan V60.",
                "kopi-teh-jamu",
                "coffee_bag",
                250,
                ("200 g biji", 68000, 60),
                ("200 g bubuk", 68000, 55),
                ("1 kg biji", 310000, 14),
                label="Arabika Gayo",
                motif="coffee",
                rate=1800,
            ),
            product(
                "Gayo Natural Anaerob",
                "Fermentasi tertutup 72 jam, dijemur utuh dengan kulitnya. "
                "Wangi nangka dan stroberi, manis sampai dingin.",
                "kopi-teh-jamu",
                "coffee_bag",
                220,
                ("200 g biji", 95000, 24),
                ("200 g bubuk", 95000, 18),
                label="Gayo Natural",
                motif="coffee",
            ),
            product(
                "Gayo Peaberry",
                "Biji lanang bulat, dipilih dengan tangan dari hasil panen. "
                "Lebih terang, dengan sisa rasa cokelat.",
                "kopi-teh-jamu",
                "tin",
                320,
                ("200 g kaleng", 120000, 20),
                label="Gayo Peaberry",
                motif="coffee",
            ),
            product(
                "Biji Hijau Gayo Grade 1",
                "Biji mentah kadar air 12 persen, cacat di bawah sebelas per 300 gram. "
                "Untuk yang menyangrai sendiri di rumah.",
                "kopi-teh-jamu",
                "heap",
                1050,
                ("1 kg", 145000, 30),
                ("5 kg", 690000, 6),
                filling="green_beans",
            ),
            product(
                "Cascara Kulit Kopi",
                "Kulit ceri kopi yang dikeringkan, diseduh seperti teh. "
                "Rasanya kismis dan asam jawa, kafeinnya ringan.",
                "kopi-teh-jamu",
                "pouch",
                120,
                ("100 g", 30000, 45),
                label="Teh Cascara",
                motif="leaf",
                filling="petals",
            ),
            product(
                "Madu Hutan Gayo",
                "Dipanen malam hari dari sarang di pohon tinggi, disaring tanpa dipanaskan. "
                "Warnanya berubah mengikuti bunga musim itu.",
                "sambal-bumbu",
                "jar",
                550,
                ("350 ml", 98000, 26),
                ("650 ml", 175000, 12),
                label="Madu Hutan",
                motif="honey",
                filling="honey",
                rate=1000,
            ),
        ),
    ),
    shop(
        "Ulos Tao Toba",
        owner="Inang Contoh Tiurma",
        story=(
            "Di teras rumah kami di Samosir, benang dipintal sambil menunggu kapal lewat. "
            "Satu ulos besar selesai dalam dua sampai empat minggu, tergantung cuaca dan pesta. "
            "Kami menjelaskan tiap motif dan kapan ia pantas diberikan, supaya tidak salah alamat."
        ),
        regency="12.17",
        place="Kab. Samosir",
        awning=0,
        category="batik-tenun",
        palette="songket",
        prefix="UTT",
        brand="Tao Toba",
        seed=3,
        rate=1000,
        products=(
            product(
                "Ulos Ragi Hotang",
                "Ulos untuk menyelimuti pengantin, bergaris seperti rotan yang mengikat. "
                "Ditenun tangan, ujungnya berjumbai pilin.",
                "batik-tenun",
                "hanging_cloth",
                700,
                ("Katun", 650000, 8),
                ("Katun halus", 980000, 4),
                filling="ulos",
            ),
            product(
                "Ulos Mangiring",
                "Diberikan kepada anak pertama sebagai doa agar adik-adiknya mengiringi. "
                "Ringan, pas untuk menggendong.",
                "batik-tenun",
                "scarf",
                350,
                ("Merah hitam", 280000, 14),
                ("Biru hitam", 280000, 11),
                filling="ulos",
                rate=1500,
            ),
            product(
                "Selendang Sadum",
                "Warna-warnanya riang, untuk pesta dan menari. "
                "Panjang 180 sentimeter, tepinya disulam manik kecil.",
                "batik-tenun",
                "scarf",
                300,
                ("Merah", 320000, 12),
                ("Hijau", 320000, 9),
                filling="ikat",
            ),
            product(
                "Dompet Tenun Ulos",
                "Dompet lipat dari sisa tenunan, dilapis kulit sapi di luar. "
                "Enam slot kartu dan satu kantong koin.",
                "tas-dompet",
                "wallet",
                180,
                ("Cokelat", 145000, 25),
                ("Hitam", 145000, 20),
                filling="ulos",
                rate=1200,
            ),
            product(
                "Andaliman Kering Samosir",
                "Merica Batak yang membuat lidah bergetar, dikeringkan di tempat teduh agar tetap wangi. "
                "Ulek kasar untuk arsik dan sambal tuktuk.",
                "sambal-bumbu",
                "sachet",
                60,
                ("50 g", 28000, 70),
                ("100 g", 52000, 40),
                label="Andaliman",
                motif="leaf",
            ),
            product(
                "Sambal Tuktuk",
                "Sambal teri dengan andaliman dan kacang tanah sangrai. "
                "Pedasnya datang dua kali: di depan dari cabai, di belakang dari andaliman.",
                "sambal-bumbu",
                "jar",
                260,
                ("180 g", 36000, 50),
                motif="chili",
                filling="sambal",
                rate=1200,
            ),
        ),
    ),
    shop(
        "Randang Amak Payakumbuh",
        owner="Bu Contoh Amak Yus",
        story=(
            "Di Payakumbuh, kampung kami dikenal karena rendangnya yang kering dan hitam. "
            "Kayu kulit manis jadi bahan bakarnya, santannya dari kelapa tua yang diparut pagi itu juga. "
            "Kami tidak punya jalan pintas: empat sampai delapan jam, diaduk terus."
        ),
        regency="13.76",
        place="Kota Payakumbuh",
        awning=5,
        category="lauk-hasil-laut",
        palette="chili",
        prefix="RAP",
        brand="Amak Yus",
        seed=4,
        rate=1200,
        products=(
            product(
                "Rendang Daging Kering",
                "Daging sapi paha belakang, santan, dan lebih dari sepuluh bumbu, "
                "dimasak sampai hitam dan kering. "
                "Kemasan vakum, tahan sebulan di luar kulkas.",
                "lauk-hasil-laut",
                "pouch",
                300,
                ("250 g", 95000, 40),
                ("500 g", 182000, 22),
                label="Rendang Daging",
                motif="chili",
                filling="beef",
                rate=1500,
            ),
            product(
                "Rendang Telur Renyah",
                "Telur dan tepung beras dibuat keping tipis, lalu dibalut dedak rendang. "
                "Camilan sekaligus lauk darurat anak kos.",
                "camilan",
                "pouch",
                250,
                ("200 g", 38000, 65),
                label="Rendang Telur",
                motif="sun",
                filling="red_chips",
            ),
            product(
                "Keripik Sanjai Balado",
                "Singkong iris tipis, digoreng dua kali, lalu diselimuti cabai merah giling. "
                "Garing, manis pedas, dan sulit dibagi.",
                "camilan",
                "pouch",
                300,
                ("250 g", 27000, 120),
                ("500 g", 50000, 80),
                label="Sanjai Balado",
                motif="cassava",
                filling="red_chips",
                rate=1000,
            ),
            product(
                "Keripik Sanjai Tawar",
                "Versi asin yang paling lama umurnya di meja tamu. Hanya singkong, garam, dan minyak kelapa.",
                "camilan",
                "pouch",
                300,
                ("250 g", 22000, 100),
                ("500 g", 40000, 70),
                label="Sanjai Tawar",
                motif="cassava",
                filling="cassava",
            ),
            product(
                "Bumbu Rendang Basah",
                "Bumbu giling tanpa pengawet, sudah ditumis sampai harum. "
                "Tinggal tambah satu kilogram daging dan dua liter santan.",
                "sambal-bumbu",
                "jar",
                350,
                ("250 g", 42000, 35),
                label="Bumbu Rendang",
                motif="ginger",
                filling="sambal",
            ),
            product(
                "Galamai Payakumbuh",
                "Dodol Minang dengan kacang tanah, diaduk dua orang di kancah besar. "
                "Kenyal, legit, wangi gula aren.",
                "kue-manisan",
                "wrapped_cakes",
                500,
                ("400 g", 34000, 30),
            ),
            product(
                "Kacang Goreng Bawang",
                "Kacang tanah goreng dengan irisan bawang putih dan daun jeruk. "
                "Dijual setengah liter, seperti di pasar.",
                "camilan",
                "pouch",
                350,
                ("300 g", 25000, 90),
                label="Kacang Bawang",
                motif="peanut",
                filling="nuts",
            ),
        ),
    ),
    shop(
        "Songket Tepian Musi",
        owner="Cek Contoh Maimunah",
        story=(
            "Rumah tenun kami berdiri di atas tiang di tepi Sungai Musi, bunyinya "
            "dayan ketemu benang dari pagi. "
            "Benang emas kami pasang satu-satu dengan lidi, sehari hanya bertambah beberapa sentimeter. "
            "Kain yang sudah jadi kami angin-anginkan dulu, tidak pernah dijemur."
        ),
        regency="16.71",
        place="Kota Palembang",
        awning=3,
        category="batik-tenun",
        palette="songket",
        prefix="STM",
        brand="Tepian Musi",
        seed=5,
        products=(
            product(
                "Songket Limar Bintang",
                "Lusi sutra, pakan limar, dan benang emas bermotif bintang kecil. "
                "Satu set kain dan selendang, dikerjakan hampir tiga bulan.",
                "batik-tenun",
                "folded_cloth",
                1200,
                ("Set merah", 4850000, 2),
                ("Set hijau", 4850000, 1),
                label="Songket Limar",
                filling="songket",
            ),
            product(
                "Selendang Songket Tabur",
                "Bunga emas bertabur renggang supaya jatuhnya ringan di bahu. "
                "Panjang dua meter, siap pakai ke undangan.",
                "batik-tenun",
                "scarf",
                400,
                ("Merah hati", 780000, 6),
                ("Biru", 780000, 5),
                filling="songket",
                rate=800,
            ),
            product(
                "Jumputan Sutra",
                "Kain diikat biji-bijian, dicelup, lalu dibuka ikatannya satu per satu. "
                "Tidak ada dua helai yang sama.",
                "batik-tenun",
                "hanging_cloth",
                350,
                ("Kuning", 420000, 9),
                ("Ungu", 420000, 8),
                filling="truntum",
            ),
            product(
                "Tanjak Songket",
                "Ikat kepala lelaki Palembang, sudah dibentuk kaku di dalam. Ukuran kepala 56 sampai 60.",
                "busana",
                "headcloth",
                200,
                ("M", 165000, 15),
                ("L", 165000, 15),
                filling="songket",
                rate=1000,
            ),
            product(
                "Kemplang Tenggiri Panggang",
                "Kerupuk ikan tenggiri yang dipanggang di atas bara, bukan digoreng. "
                "Datang dengan satu kantong sambal cair.",
                "camilan",
                "pouch",
                300,
                ("250 g", 38000, 60),
                label="Kemplang Tenggiri",
                motif="fish",
                filling="crackers",
                rate=1200,
            ),
            product(
                "Cuka Pempek Kental",
                "Gula batok dari Lubuklinggau, bawang putih, dan cabai rawit, direbus sampai kental. "
                "Encerkan sendiri sesuai berani.",
                "sambal-bumbu",
                "bottle",
                700,
                ("500 ml", 32000, 40),
                label="Cuka Pempek",
                motif="chili",
                filling="soy",
            ),
        ),
    ),
    shop(
        "Keripik Siger Lampung",
        owner="Mbak Contoh Ratna",
        story=(
            "Kebun pisang kepok paman kami di Pesawaran memasok tungku tiap dua hari. "
            "Kami mulai dari satu wajan di gang Teluk Betung, sekarang sepuluh orang tetangga ikut mengupas. "
            "Minyaknya diganti tiap hari; itu sebabnya keripik kami tidak getir."
        ),
        regency="18.71",
        place="Kota Bandar Lampung",
        awning=4,
        category="camilan",
        palette="turmeric",
        prefix="KSL",
        brand="Siger",
        seed=6,
        rate=2000,
        products=(
            product(
                "Keripik Pisang Cokelat",
                "Pisang kepok iris bulat dengan bubuk cokelat Lampung yang pekat. "
                "Yang tersisa di dasar bungkus justru bagian terbaiknya.",
                "camilan",
                "pouch",
                220,
                ("200 g", 19000, 150),
                ("500 g", 43000, 90),
                label="Pisang Cokelat",
                motif="banana",
                filling="chips",
                rate=2500,
            ),
            product(
                "Keripik Pisang Asin",
                "Iris memanjang, garam laut, tidak lebih. Teman kopi robusta yang paling setia.",
                "camilan",
                "pouch",
                220,
                ("200 g", 17000, 120),
                ("500 g", 38000, 80),
                label="Pisang Asin",
                motif="banana",
                filling="chips",
            ),
            product(
                "Keripik Pisang Keju",
                "Keju bubuk yang benar-benar asin, dikocok selagi panas agar menempel. "
                "Anak-anak biasanya menghabiskan lebih dulu.",
                "camilan",
                "pouch",
                220,
                ("200 g", 20000, 100),
                label="Pisang Keju",
                motif="banana",
                filling="chips",
            ),
            product(
                "Keripik Singkong Daun Jeruk",
                "Singkong mentega diiris tipis, digoreng dengan daun jeruk utuh. "
                "Wangi begitu bungkus dibuka.",
                "camilan",
                "pouch",
                220,
                ("200 g", 18000, 110),
                label="Singkong Daun Jeruk",
                motif="leaf",
                filling="cassava",
                rate=2000,
            ),
            product(
                "Robusta Lampung Barat",
                "Petik merah dari Liwa, sangrai sedang, pahitnya bersih. Enak dicampur susu kental manis.",
                "kopi-teh-jamu",
                "coffee_bag",
                270,
                ("250 g", 39000, 45),
                ("1 kg", 142000, 15),
                label="Robusta Lampung",
                motif="coffee",
            ),
            product(
                "Lada Hitam Lampung",
                "Lada yang dulu membuat kapal-kapal jauh datang kemari, dijemur di atas tikar. "
                "Giling saat akan dipakai.",
                "sambal-bumbu",
                "jar",
                180,
                ("100 g", 33000, 55),
                label="Lada Hitam",
                motif="leaf",
                filling="pepper",
            ),
        ),
    ),
)
