"""What papers say, written for these measurements; many sentences name other papers."""

GROUNDS = [
    "- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",
    "- Căn cứ Quy định của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng;",
    "- Căn cứ hồ sơ của {p.name} và nghị quyết của chi bộ {p.cell};",
    "- Xét đơn xin vào Đảng và lý lịch của người xin vào Đảng;",
    "- Xét đề nghị của Ban Tổ chức và kết quả thẩm tra lý lịch;",
    "- Căn cứ quyết định kết nạp đảng viên và quyết định công nhận đảng viên chính thức;",
    "- Theo đề nghị của Ủy ban kiểm tra tại báo cáo về việc xem xét, giải quyết;",
    "- Căn cứ Luật Cán bộ, công chức và các văn bản hướng dẫn thi hành;",
]

SENTENCES = [
    "Luôn chấp hành nghiêm chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước.",
    "Có lối sống lành mạnh, trung thực, đoàn kết với đồng chí, đồng nghiệp trong cơ quan.",
    "Tham gia đầy đủ các buổi sinh hoạt chi bộ, đóng đảng phí đúng quy định.",
    "Trong năm đã hoàn thành tốt nhiệm vụ được giao, được tập thể ghi nhận.",
    "Tuy nhiên đôi lúc còn nể nang, chưa mạnh dạn đấu tranh phê bình và tự phê bình.",
    "Hồ sơ gồm đơn xin vào Đảng, lý lịch, giấy chứng nhận lớp nhận thức về Đảng và các văn bản.",
    "Đồng chí {p.name} được phân công phụ trách công tác văn phòng tại xã {p.commune}.",
    "Gia đình chấp hành tốt quy ước của bản, tích cực tham gia các phong trào ở địa phương.",
    "Năm trước được tặng Giấy khen của huyện về thành tích trong công tác chuyên môn.",
    "Đã kê khai phiếu đảng viên và bổ sung lý lịch theo hướng dẫn của cấp trên.",
    "Thời gian tới cần tiếp tục học tập nâng cao trình độ lý luận chính trị và chuyên môn.",
    "Không vi phạm những điều đảng viên không được làm, không bị kỷ luật.",
    "Việc thực hiện nhiệm vụ của người đứng đầu được đánh giá ở mức hoàn thành tốt.",
    "Chi bộ đã họp và biểu quyết bằng phiếu kín, kết quả được ghi trong biên bản.",
    "Cấp ủy nơi cư trú nhận xét gia đình gương mẫu, có quan hệ tốt với nhân dân.",
    "Từ ngày chuyển sinh hoạt về chi bộ {p.cell}, đồng chí luôn cố gắng trong công việc.",
    "Kính đề nghị các đồng chí xem xét, góp ý để tôi khắc phục khuyết điểm.",
]

REVIEWED = [
    "I. Ưu điểm, kết quả đạt được",
    "II. Hạn chế, khuyết điểm và nguyên nhân",
    "III. Phương hướng, biện pháp khắc phục",
    "1. Về phẩm chất chính trị, đạo đức, lối sống",
    "2. Về thực hiện chức trách, nhiệm vụ được giao",
    "3. Về ý thức tổ chức kỷ luật",
]

ITEMS = [
    ("Họ và tên", "{p.name}"),
    ("Sinh ngày", "{p.born:%d/%m/%Y}"),
    ("Quê quán", "xã {p.commune}"),
    ("Đơn vị công tác", "{p.cell}"),
    ("Ngày vào Đảng", "{p.admitted:%d/%m/%Y}"),
    ("Nơi cư trú", "bản Nà Lốc, xã {p.commune}"),
    ("Số căn cước công dân", "{p.citizen_id}"),
    ("Dân tộc", "Thái"),
    ("Tôn giáo", "Không"),
    ("Thành phần gia đình", "Bần nông"),
    ("Nghề nghiệp", "{p.work}"),
    ("Ngày vào Đoàn", "26/3/1988"),
    ("Trình độ học vấn", "12/12"),
    ("Lý luận chính trị", "Trung cấp"),
    ("Ngoại ngữ", "Tiếng Anh A"),
    ("Tình trạng sức khỏe", "Tốt"),
    ("Khen thưởng", "Giấy khen năm 2009"),
    ("Kỷ luật", "Không"),
    ("Quan hệ với nước ngoài", "Không"),
    ("Hoàn cảnh kinh tế", "Nhà gỗ 60 m2, ruộng 1.200 m2"),
]

RELATIVES = [
    "Bố đẻ: {n}, làm ruộng, chấp hành tốt chính sách, pháp luật.",
    "Mẹ đẻ: {n}, ở nhà làm nông nghiệp, là người lao động cần cù.",
    "Vợ (chồng): {n}, viên chức, đảng viên, sinh hoạt tại chi bộ nơi công tác.",
    "Con: {n}, còn đi học.",
    "Từ năm 1996 đến năm 2001: học trường phổ thông dân tộc nội trú huyện.",
    "Từ tháng 9 năm 2001 đến tháng 8 năm 2004: học trung cấp tại tỉnh.",
    "Từ năm 2004 đến nay: công tác tại xã, tham gia Ban Chấp hành Công đoàn.",
    "Anh ruột: {n}, bộ đội phục viên, hiện ở cùng bản.",
    "Ông nội: {n}, đã mất, trước tham gia hợp tác xã.",
]
