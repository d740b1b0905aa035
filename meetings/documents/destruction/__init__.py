"""The bin of documents, and their destruction (tiêu hủy) by two persons under a decision."""
