from vigil.identifiers import Fact, read_facts

# Of EIP-55 itself.
MIXED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def test_an_address_in_a_sentence_is_read_with_its_place() -> None:
    text = f"Я отправил на {MIXED}, спасибо"
    (fact,) = read_facts(text)
    assert (fact.kind, fact.value, fact.checked, fact.problem) == ("address", MIXED, True, None)
    assert text[fact.start : fact.end] == MIXED
    assert fact.networks[0] == "ethereum"


def test_a_mistyped_address_is_told_as_one() -> None:
    (fact,) = read_facts(MIXED.replace("5aA", "5aa"))
    assert (fact.checked, fact.problem) == (False, "checksum")


def test_a_mail_address_is_read_without_the_full_stop() -> None:
    assert read_facts("mail me at ada.l+x@Example.org.") == (Fact("email", "ada.l+x@example.org", 11, 30),)


def test_what_safety_left_of_a_secret_is_no_fact() -> None:
    assert read_facts("⟦hidden:private_key⟧ ⟦hidden:card⟧@example.org") == ()
