"""Words by which a sentence is told from a phrase."""

from vigil.identifiers.folding import fold

# Words that no sentence does long without, and that no phrase contains.
ORDINARY = frozenset(
    fold(word)
    for line in (
        "the and that have has been with from this they for not are was were you your will would which there their what when can but",
        "his her its our she him had did does who why how into onto than then them these those could should may might must been being",
        "to of in is it an as at be by he if me my no on or so up us we do go am hi ok de la el le da di em na ve ya ke yg se te tu si su",
        "на не по за то из от до же бы ли ну да",
        "yang dan dari untuk dengan pada akan ini itu adalah tidak para atau oleh saya bir ile için daha gibi olan olarak çok ama veya",
        "bisa sudah belum juga kami kita anda nya aku mau ada karena kalau tapi lagi saja ben sen biz var yok değil mi ki ne bu şu o",
        "các của cho được trong những với không này một que los las por para con una del como mais não uma com dos das pelo",
        "tôi bạn đã là và có thì mà đang sẽ nhưng nếu khi rồi thế nào sao bị lại ra vào lên xuống cũng rất nên",
        "está son era ser hay muy pero porque cuando donde todo más sin sobre entre hasta desde ela ele isso meu minha seu sua tem foi",
        "что это как для или при был его она они мне мой меня мою вас вам вы мы так еще уже все если чтобы когда где почему нет есть",
        "les des une est pas pour dans qui sur avec vous nous mais leur sont der die das und ist nicht mit auf für ein eine ich sie",
    )
    for word in line.split()
)

# Words of the English list that most sentences hold some of.
EVERYDAY = frozenset(
    word
    for line in (
        "able about above again all also always amount another any ask because before behind below best better between both but",
        "buy call can change clear come day do easy enough ever every few find first follow for forget from get give glad go good",
        "great have help here hope how just keep kind know later learn leave left length like list little live long look love make",
        "many material maybe mean minute month more most much must need never new next nice now number off often okay old once one",
        "only open other our out over own pay person please problem ready reason receive refuse report result return right same",
        "save say see sell send seven side similar since six slow small solve someone soon sorry start still stop such sure talk",
        "tell ten than thank that their then there they thing this time today together tomorrow top try turn two type under until",
        "update use usual very wait want way week welcome well what when where will wish woman wonder word work world worry wrong",
        "year you",
    )
    for word in line.split()
)
