"""What is found, by whom, and what is not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.queries import list_these
from vigil.customers import commands as customers
from vigil.languages.lexemes import terms_of
from vigil.search import queries
from vigil.search.rules import Filters
from vigil.search.tests.asking import catch_up, counted, found
from vigil.team import queries as team

TXID = "a1979aef2b51c0ffee00112233445566778899aabbccddeeff00112233b5289e"
ADDRESS = "TXLAQ63Xg1NAzckPwKHvzw7CSEmLMEqcdj"

SPELLINGS = [
    ("Meu depósito não chegou.", "deposito"),
    ("El retiro está pendiente.", "PENDIENTES"),
    ("Мой счёт пустой, всё пропало", "счет"),
    ("Вывод завис", "выводы"),
    ("我的提現失敗了", "提现"),
    ("我的提现失败了", "提現失敗"),
    ("帳戶被凍結", "账户"),
    ("ＵＳＤＴ１００ 没到账", "usdt100"),
    ("usdt没到账", "到账"),
    ("출금이 지연되고 있어요", "출금"),
    ("출금 지연", "출금지연"),
    ("出金ができません", "出金"),
    ("サーバーエラー", "ｻｰﾊﾞ"),
    ("さーばー", "サーバー"),
    ("Para ÇEKME işlemi IŞIK", "cekme isik"),
    ("Tôi rút tiền không được", "rut tien khong duoc"),
    ("Đã nạp", "da nap"),
    ("Two deposits are missing", "deposit"),
    ("Penarikan saya tertunda", "penarikan"),
]


@pytest.mark.django_db
def test_words_are_found_in_whatever_spelling_they_are_asked_for() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    names = {said: cast.opens(ada, said) for said, _ in SPELLINGS}
    catch_up()
    for said, asked in SPELLINGS:
        assert names[said] in found(asked, desk.noor), (said, asked)
        assert len(found(asked, desk.noor)) < 4, asked


@pytest.mark.django_db
def test_transactions_addresses_and_orders_are_found_whole_and_by_their_beginning() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), f"Order 20260228114455: sent {TXID} to {ADDRESS}.")
    cast.opens(cast.wei(), "Order 19990228114455")
    catch_up()
    shortened = (f"{TXID[:6]}…{TXID[-6:]}", f"{TXID[:8]}...")
    for asked in (TXID, TXID[:6], TXID.upper(), "0x" + TXID, *shortened, ADDRESS[:6], ADDRESS.lower(), "20260228114455", "202602"):
        assert found(asked, desk.noor) == [name], asked
    assert found(TXID[:5], desk.noor) == []


@pytest.mark.django_db
def test_a_person_is_found_by_name_account_and_whole_address_and_a_conversation_by_its_number() -> None:
    desk = cast.open_the_desk()
    name = cast.opens(cast.ada(), "Hello.")
    cast.opens(cast.wei(), "你好")
    catch_up()
    for asked in ("ada", "BYRON", "Ada hello", "ada@mail.example", "ADA@Mail.Example", name, name[:6], name.upper()):
        assert found(asked, desk.noor) == [name], asked
    # By a part of an address nobody is found: whoever may not see it could spell it out, letter by letter.
    for asked in ("mail.example", "ada@mail", "ada@"):
        assert name not in found(asked, desk.noor) or asked == "ada@"


@pytest.mark.django_db
def test_all_terms_have_to_be_there_but_not_in_one_message() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada, "My deposit is missing.")
    catch_up()
    cast.writes(ada, name, "It was on Tron.", at=cast.later())
    assert found("deposit tron", desk.noor) == []
    catch_up()
    assert found("deposit tron", desk.noor) == [name]
    assert found("deposit solana", desk.noor) == []


@pytest.mark.django_db
def test_notes_are_found_by_the_team_and_nothing_by_another_team_not_even_a_number() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), "My deposit is missing.")
    conversations.note(conversations.Words(name, desk.noor, uuid4(), "Look into the zanzibar wallet.", "note"), at=cast.later())
    catch_up()
    assert found("zanzibar", desk.sol) == [name]
    for asked in ("zanzibar", "deposit", "ada", "ada@mail.example", name, ""):
        assert found(asked, desk.olek) == [], asked
        assert counted(asked, desk.olek) == 0, asked
    assert counted("deposit", desk.noor) == 1


@pytest.mark.django_db
def test_v33_v28_what_has_gone_to_another_team_is_neither_found_nor_counted_before_the_index_knows() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), "My deposit is missing.")
    catch_up()
    conversations.move(conversation=name, sight=desk.noor, queue_id=team.get_queue(desk.far_queue).id, at=cast.later())
    assert found("deposit", desk.noor) == []
    assert counted("deposit", desk.noor) == 0
    catch_up()
    assert found("deposit", desk.olek) == [name]


@pytest.mark.django_db
def test_words_that_were_taken_back_find_nothing_from_that_moment_on() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), "My deposit is missing.")
    reply = cast.answers(desk.noor, name, "Your zanzibar is empty.", at=cast.later())
    catch_up()
    assert found("zanzibar", desk.noor) == [name]
    assert reply.entry is not None
    conversations.withdraw_reply(conversation=name, sight=desk.noor, seq=reply.entry.seq, at=cast.later() + timedelta(seconds=5))
    assert found("zanzibar", desk.noor) == []
    catch_up()
    assert found("zanzibar", desk.noor) == []
    assert found("deposit", desk.noor) == [name]


@pytest.mark.django_db
def test_a64_a_secret_that_was_taken_out_is_not_found_nor_by_what_stands_in_its_place() -> None:
    desk = cast.open_the_desk()
    cast.opens(cast.ada(), "legal winner thank year wave sausage worth useful legal winner thank yellow")
    catch_up()
    for asked in ("sausage", "legal winner", "hidden", "mnemonic"):
        assert found(asked, desk.noor) == [], asked


@pytest.mark.django_db
def test_a_new_name_or_address_is_found_and_the_one_before_is_not() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada, "Hello.")
    customers.give_address(customer_id=ada, email="first@mail.example", at=cast.later())
    catch_up()
    assert found("first@mail.example", desk.noor) == [name]
    customers.give_address(customer_id=ada, email="second@mail.example", at=cast.later())
    catch_up()
    assert found("first@mail.example", desk.noor) == []
    assert found("second@mail.example", desk.noor) == [name]
    customers.forget_address(customer_id=ada)
    catch_up()
    assert found("second@mail.example", desk.noor) == []


@pytest.mark.django_db
def test_filters_say_how_it_has_to_stand_now_and_not_how_the_index_knew_it() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), "My deposit is missing.")
    conversations.tag(conversation=name, sight=desk.noor, word="two words", on=True, at=cast.later())
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    catch_up()
    for filters in (
        Filters(status="open"),
        Filters(tag="Two Words"),
        Filters(agent_ids=(desk.noor.agent_id,)),
        Filters(channel="chat", language="en"),
        Filters(since=cast.NIGHT - timedelta(days=1), until=cast.later(60)),
        Filters(status="open", agent_ids=(0, desk.noor.agent_id)),
    ):
        assert found("deposit", desk.noor, filters) == [name], filters
        assert found("", desk.noor, filters) == [name], filters
        assert counted("", desk.noor, filters) == 1
    for filters in (
        Filters(status="closed"),
        Filters(tag="two"),
        Filters(agent_ids=(0,)),
        Filters(agent_ids=()),
        Filters(queue_ids=()),
        Filters(channel="email"),
        Filters(until=cast.NIGHT - timedelta(days=1)),
        Filters(since=cast.later(60)),
    ):
        assert found("deposit", desk.noor, filters) == [], filters
    conversations.set_status(conversation=name, sight=desk.noor, status="resolved", at=cast.later(2))
    assert found("deposit", desk.noor, Filters(status="open")) == []
    conversations.tag(conversation=name, sight=desk.noor, word="two words", on=False, at=cast.later(3))
    catch_up()
    assert found("deposit", desk.noor, Filters(tag="two words")) == []
    assert found("two words", desk.noor) == []


@pytest.mark.django_db
def test_a19_whatever_is_typed_means_nothing_to_the_database() -> None:
    desk = cast.open_the_desk()
    cast.opens(cast.ada(), "Hello.")
    catch_up()
    strange = ("'", "\\", "' | 'x':*", "a:b", "%", "_", "((((", "!!", "& | !", "<->", "x" * 5000, "提" * 600, "z" * 5 + "*")
    for asked in strange:
        assert found(asked, desk.noor) == [] or not terms_of(asked), asked
        assert found("", desk.noor, Filters(tag=asked, topic=asked, status=asked)) == [], asked


@pytest.mark.django_db
def test_pages_go_on_where_the_one_before_ended_and_the_best_stand_first_where_that_is_asked_for() -> None:
    desk = cast.open_the_desk()
    irina = cast.irina()
    names = [cast.opens(irina, f"Deposit number {number}.") for number in range(7)]
    catch_up()
    terms = terms_of("deposit")
    first = queries.find(terms, Filters(), desk.noor, most=4)
    second = queries.find(terms, Filters(), desk.noor, most=4, before=first.ids[-1])
    assert (len(first.ids), first.is_last) == (4, False)
    assert (len(second.ids), second.is_last) == (3, True)
    assert list(first.ids + second.ids) == sorted(first.ids + second.ids, reverse=True)
    best = queries.find(terms, Filters(), desk.noor, most=4, order="best")
    rest = queries.find(terms, Filters(), desk.noor, most=4, skip=4, order="best")
    assert sorted(best.ids + rest.ids) == sorted(first.ids + second.ids)
    assert counted("deposit", desk.noor) == len(names)
    # What stands in a customer's words counts more than what stands in a note.
    conversations.note(conversations.Words(names[1], desk.noor, uuid4(), "zanzibar", "note"), at=cast.later())
    cast.writes(irina, names[0], "zanzibar", at=cast.later())
    catch_up()
    assert found("zanzibar", desk.noor)[0] == names[1]
    said = queries.find(terms_of("zanzibar"), Filters(), desk.noor, most=1, order="best")
    assert [row.public_id for row in list_these(said.ids, desk.noor)] == [names[0]]
