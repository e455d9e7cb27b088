"""What people in the groups say about a publication: invented sentences, by what kind of comment they are."""

from saisaat.domain.feedback import CommentKind

SAID: tuple[tuple[CommentKind, float, tuple[str, ...]], ...] = (
    (CommentKind.ACK, 0.34, ("รับทราบค่ะ", "รับทราบครับ", "ทราบแล้วครับ จะปฏิบัติตาม")),
    (CommentKind.GREETING, 0.1, ("สวัสดีตอนเช้าค่ะทุกท่าน", "อรุณสวัสดิ์ครับ")),
    (CommentKind.PRAISE, 0.16, ("ภาพสวย อ่านง่ายมากครับ", "ขอบคุณทีมงาน ได้ความรู้ดีค่ะ", "สรุปสั้นเข้าใจทันที")),
    (CommentKind.QUESTION, 0.12, ("กรณีรับกระเช้าปีใหม่ต้องรายงานไหมคะ", "ใช้กับพนักงานจ้างเหมาด้วยหรือไม่ครับ")),
    (CommentKind.SUGGESTION, 0.09, ("อยากให้มีตัวอย่างจากงานจริงเพิ่ม", "ขอให้ส่งช่วงเช้าก่อนเริ่มงานครับ")),
    (CommentKind.CRITICISM, 0.07, ("ตัวอักษรเล็กไป อ่านบนมือถือไม่ออก", "เรื่องนี้ส่งซ้ำกับสัปดาห์ก่อน")),
    (CommentKind.COMPLAINT, 0.03, ("ในทางปฏิบัติยังเบิกช้าและไม่ชี้แจงเหตุผล", "การจัดคิวบริการที่ผ่านมาไม่เป็นธรรม")),
    (CommentKind.OFF_TOPIC, 0.06, ("พรุ่งนี้ประชุมกี่โมงคะ", "ใครมีเบอร์ช่างแอร์บ้างครับ")),
    (CommentKind.STICKER, 0.03, ("[สติกเกอร์]",)),
)
"""Kind, its share of all comments, and sentences of it."""

ANSWERS = ("ขอบคุณสำหรับความเห็น จะปรับให้ในชิ้นต่อไป", "ได้แจ้งผู้รับผิดชอบตรวจสอบแล้ว จะรายงานผลให้ทราบ")
WITHDRAWN = ("เลื่อนไปรวมกับสัปดาห์ถัดไป", "เนื้อหาซ้ำกับเรื่องที่ส่งแล้ว")
RETURNED = ("ตรวจเลขมาตราอีกครั้ง", "ปรับถ้อยคำให้สุภาพขึ้น")
EXCUSED = "สัปดาห์ที่มีวันหยุดต่อเนื่อง"
