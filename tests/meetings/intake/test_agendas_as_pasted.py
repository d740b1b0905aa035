"""Whole agendas in the shapes in which offices write them, line by line as they are pasted."""

from meetings.intake.agendas import Read, read


def check(*rows):
    """Read the lines of some rows and compare each with what it should be understood as."""
    text = "\n".join(line for line, _ in rows)
    items, broken = read(text)
    assert broken == []
    expected = [understood for _, understood in rows if understood is not None]
    assert items == expected


def test_a_session_of_a_committee_with_roman_parts_and_numbers_that_go_on():
    check(
        ("I. Phần mở đầu", Read(0, "Phần mở đầu")),
        ("1. Ổn định tổ chức, chào cờ (10 phút)", Read(1, "Ổn định tổ chức, chào cờ", 10)),
        ("2. Phát biểu khai mạc (10 phút)", Read(1, "Phát biểu khai mạc", 10)),
        ("II. Phần nội dung", Read(0, "Phần nội dung")),
        (
            "3. Báo cáo sơ kết ba năm thực hiện Nghị quyết số 03-NQ/TU",
            Read(1, "Báo cáo sơ kết ba năm thực hiện Nghị quyết số 03-NQ/TU"),
        ),
        (
            "4. Tờ trình về chủ trương đầu tư giai đoạn 2026 - 2030",
            Read(1, "Tờ trình về chủ trương đầu tư giai đoạn 2026 - 2030"),
        ),
        ("5. Thảo luận tại hội trường (60 phút)", Read(1, "Thảo luận tại hội trường", 60)),
        ("III. Phần kết thúc", Read(0, "Phần kết thúc")),
        ("6. Kết luận của đồng chí Bí thư", Read(1, "Kết luận của đồng chí Bí thư")),
        ("7. Bế mạc (5 phút)", Read(1, "Bế mạc", 5)),
    )


def test_roman_parts_with_numbers_that_begin_anew():
    check(
        ("I- NỘI DUNG THUỘC BAN THƯỜNG VỤ", Read(0, "NỘI DUNG THUỘC BAN THƯỜNG VỤ")),
        ("1- Công tác xây dựng Đảng", Read(1, "Công tác xây dựng Đảng")),
        ("2- Công tác kiểm tra, giám sát", Read(1, "Công tác kiểm tra, giám sát")),
        ("II- NỘI DUNG KINH TẾ - XÃ HỘI", Read(0, "NỘI DUNG KINH TẾ - XÃ HỘI")),
        ("1- Thu ngân sách quý III", Read(1, "Thu ngân sách quý III")),
        ("2- Giải ngân vốn đầu tư công", Read(1, "Giải ngân vốn đầu tư công")),
        ("III- CÔNG TÁC CÁN BỘ", Read(0, "CÔNG TÁC CÁN BỘ")),
    )


def test_decimals_three_deep():
    check(
        ("1. Báo cáo kết quả", Read(0, "Báo cáo kết quả")),
        ("1.1. Về kinh tế", Read(1, "Về kinh tế")),
        ("1.1.1. Nông nghiệp", Read(2, "Nông nghiệp")),
        ("1.1.2. Công nghiệp", Read(2, "Công nghiệp")),
        ("1.2. Về văn hóa", Read(1, "Về văn hóa")),
        ("1.2.1. Giáo dục", Read(2, "Giáo dục")),
        ("2. Phương hướng", Read(0, "Phương hướng")),
        ("2.1. Mục tiêu", Read(1, "Mục tiêu")),
        ("2.2. Giải pháp", Read(1, "Giải pháp")),
        ("3. Kết luận", Read(0, "Kết luận")),
    )


def test_numbers_letters_and_dashes():
    check(
        ("1) Nội dung trình", Read(0, "Nội dung trình")),
        ("a) Dự thảo nghị quyết", Read(1, "Dự thảo nghị quyết")),
        ("- Phần thứ nhất", Read(2, "Phần thứ nhất")),
        ("- Phần thứ hai", Read(2, "Phần thứ hai")),
        ("b) Dự thảo kết luận", Read(1, "Dự thảo kết luận")),
        ("c) Dự thảo kế hoạch", Read(1, "Dự thảo kế hoạch")),
        ("d) Dự thảo chương trình", Read(1, "Dự thảo chương trình")),
        ("đ) Dự thảo quy chế", Read(1, "Dự thảo quy chế")),
        ("e) Dự thảo thông báo", Read(1, "Dự thảo thông báo")),
        ("2) Công tác khác", Read(0, "Công tác khác")),
    )


def test_a_table_of_hours_content_and_presenter():
    check(
        (
            "7h30 - 8h00\tĐón tiếp đại biểu, nhận máy\tVăn phòng",
            Read(0, "Đón tiếp đại biểu, nhận máy", 30, "Văn phòng"),
        ),
        (
            "8h00 - 8h10\tỔn định, giới thiệu đại biểu\tChánh Văn phòng",
            Read(0, "Ổn định, giới thiệu đại biểu", 10, "Chánh Văn phòng"),
        ),
        (
            "8h10 - 8h20\tPhát biểu khai mạc\tBí thư Tỉnh ủy",
            Read(0, "Phát biểu khai mạc", 10, "Bí thư Tỉnh ủy"),
        ),
        (
            "8h20 - 8h50\tBáo cáo sơ kết\tGiám đốc Sở Nội vụ",
            Read(0, "Báo cáo sơ kết", 30, "Giám đốc Sở Nội vụ"),
        ),
        ("8h50 - 9h00\tPhim tư liệu", Read(0, "Phim tư liệu", 10)),
        ("9h00 - 10h00\tTham luận\tCác đơn vị", Read(0, "Tham luận", 60, "Các đơn vị")),
        ("10h00 - 10h15\tNghỉ giữa giờ", Read(0, "Nghỉ giữa giờ", 15)),
        ("10h15 - 10h45\tThảo luận\tChủ trì", Read(0, "Thảo luận", 30, "Chủ trì")),
        ("11h25 - 11h30\tBế mạc\tVăn phòng", Read(0, "Bế mạc", 5, "Văn phòng")),
    )


def test_a_table_with_a_column_of_numbers():
    check(
        ("1\tKhai mạc\tBí thư\t8h00 - 8h10", Read(0, "Khai mạc", 10, "Bí thư")),
        ("2\tBáo cáo\tSở Nội vụ\t8h10 - 8h40", Read(0, "Báo cáo", 30, "Sở Nội vụ")),
        ("2.1\tPhụ lục\tSở Nội vụ", Read(1, "Phụ lục", 0, "Sở Nội vụ")),
        ("2.2\tSố liệu\tCục Thống kê", Read(1, "Số liệu", 0, "Cục Thống kê")),
        ("3\tThảo luận\tChủ trì\t8h40 - 9h40", Read(0, "Thảo luận", 60, "Chủ trì")),
        ("4\tBế mạc\tBí thư\t9h40 - 9h45", Read(0, "Bế mạc", 5, "Bí thư")),
    )


def test_hours_before_the_words_without_a_table():
    check(
        ("07:30 - 08:00: Đón tiếp đại biểu", Read(0, "Đón tiếp đại biểu", 30)),
        ("08:00 - 08:15: Khai mạc", Read(0, "Khai mạc", 15)),
        ("08:15 - 09:45: Báo cáo và thảo luận", Read(0, "Báo cáo và thảo luận", 90)),
        ("09:45 - 10:00: Nghỉ giữa giờ", Read(0, "Nghỉ giữa giờ", 15)),
        ("10:00 - 11:00: Kết luận", Read(0, "Kết luận", 60)),
    )


def test_hours_in_words_and_only_when_it_begins():
    check(
        ("8 giờ 00: Khai mạc", Read(0, "Khai mạc")),
        ("8 giờ 30 - 9 giờ 00: Báo cáo quý", Read(0, "Báo cáo quý", 30)),
        ("Từ 9 giờ đến 10 giờ: Thảo luận tổ", Read(0, "Thảo luận tổ", 60)),
        ("10 giờ: Bế mạc", Read(0, "Bế mạc")),
    )


def test_numbers_before_hours():
    check(
        ("1. 8h00 - 8h10: Khai mạc", Read(0, "Khai mạc", 10)),
        ("2. 8h10 - 9h00: Báo cáo", Read(0, "Báo cáo", 50)),
        ("3. 9h00 - 9h15: Nghỉ giữa giờ", Read(0, "Nghỉ giữa giờ", 15)),
    )


def test_minutes_in_every_way_to_write_them():
    check(
        ("1. Khai mạc (5 phút)", Read(0, "Khai mạc", 5)),
        ("2. Báo cáo, 30 phút", Read(0, "Báo cáo", 30)),
        ("3. Tham luận - 10 phút.", Read(0, "Tham luận", 10)),
        ("4. Thảo luận 45'", Read(0, "Thảo luận", 45)),
        ("5. Họp trong 15 phút đầu giờ", Read(0, "Họp trong 15 phút đầu giờ")),
    )


def test_empty_lines_and_blanks_of_a_text_program_count_for_nothing():
    check(
        ("", None),
        ("  1.  Khai mạc  ", Read(0, "Khai mạc")),
        ("\t", None),
        ("\t2.\tBáo cáo\t", Read(0, "Báo cáo")),
        ("   2.1.   Phần một", Read(1, "Phần một")),
        ("", None),
        ("3. Bế mạc", Read(0, "Bế mạc")),
    )


def test_bullets_of_a_text_program():
    check(
        ("• Khai mạc", Read(0, "Khai mạc")),
        ("• Báo cáo của Thường trực", Read(0, "Báo cáo của Thường trực")),
        ("+ Phần một", Read(0, "Phần một")),
        ("\u2013 Bế mạc", Read(0, "Bế mạc")),
    )


def test_symbols_and_dates_in_titles_are_no_numbers():
    check(
        (
            "1. Nghị quyết 03-NQ/TU, ngày 05/02/2021",
            Read(0, "Nghị quyết 03-NQ/TU, ngày 05/02/2021"),
        ),
        ("2. Kết luận 436-KL/TU", Read(0, "Kết luận 436-KL/TU")),
        ("3. 5 năm phòng họp không giấy", Read(0, "5 năm phòng họp không giấy")),
        ("4. Quý III/2026", Read(0, "Quý III/2026")),
    )


def test_ten_parts_and_more():
    romans = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    check(*((f"{roman}. Phần {roman}", Read(0, f"Phần {roman}")) for roman in romans))
    check(*((f"{n}. Nội dung {n}", Read(0, f"Nội dung {n}")) for n in range(1, 31)))
