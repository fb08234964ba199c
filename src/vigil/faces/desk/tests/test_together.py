"""What belongs together, as the desk shows and takes it."""

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.faces.desk.tests.test_work import act, shown
from vigil.kernel import clock

pytestmark = pytest.mark.django_db


def test_a_merge_is_seen_before_it_is_done_shown_in_both_and_undone(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "My <b>first</b> words."), cast.opens(ada, "My other words.", at=cast.later(1))
    file = cast.file_of("guest:ada")
    cast.writes(ada, name, "Look.", at=cast.later(2), files=(file,), of="guest:ada")
    with clock.set_to(lambda: cast.later(5)):
        preview = shown(noor, f"conversations/{into}/merging")
        assert "2 messages come here" in preview
        assert "1 file comes here" in preview
        assert "Can be undone for 24 hours" in preview
        assert "merged into this one" in act(noor, into, "merge", other=name).content.decode()
        html = shown(noor, f"conversations/{into}")
        assert "My &lt;b&gt;first&lt;/b&gt; words." in html
        assert html.count(" · merged") == 2
        assert f"/desk/conversations/{name}/files/{file}" in html
        assert "Noor Haddad merged another conversation of theirs into this one" in html
        html = shown(noor, f"conversations/{name}")
        assert "Noor Haddad merged this into another conversation, where it goes on" in html
        assert "goes on there" in html
        assert "Merge with another conversation" not in html
        assert "merged into this one" not in act(noor, name, "parting", other=into).content.decode()
        html = shown(noor, f"conversations/{into}")
        assert " · merged" not in html
        assert "Noor Haddad undid the merge with another conversation" in html


def test_words_of_a_merged_conversation_have_no_number_in_the_other(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "My first words."), cast.opens(ada, "My other words.", at=cast.later(1))
    cast.answers(desk.noor, name, "My answer.", at=clock.now())
    conversations.merge(conversation=name, into=into, sight=desk.noor, at=clock.now())
    html = shown(noor, f"conversations/{into}")
    words = html.split("My answer.")[0].rpartition("<article")[2]
    assert 'data-seq=""' in words
    assert not {"data-key", "data-fresh", 'data-slot="mark"'} & set(words.replace("=", " ").split())
    numbered = [part.split('"')[0] for part in html.split('data-seq="')[1:]]
    assert len([number for number in numbered if number]) == len(queries.get_thread(into, desk.noor).entries)


def test_after_a_day_no_merge_is_offered_to_be_undone(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "1"), cast.opens(ada, "2")
    conversations.merge(conversation=name, into=into, sight=desk.noor, at=cast.later(1))
    for minutes, offered in ((2, True), (2 + 24 * 60, False)):
        with clock.set_to(lambda minutes=minutes: cast.later(minutes)):  # type: ignore[misc]  # a default keeps the turn's value
            assert ("Undo the merge" in shown(noor, f"conversations/{into}")) == offered


def test_a_conversation_is_linked_by_its_address_and_the_link_is_taken_away(desk: cast.Desk, noor: Client) -> None:
    name, other = cast.opens(cast.ada()), cast.opens(cast.wei())
    html = act(noor, name, "links", other=f" https://desk.example/desk/conversations/{other}?from=mine ", on="yes").content.decode()
    assert "Remove the link to 魏明" in html
    assert "Remove the link to Ada Byron" in shown(noor, f"conversations/{other}")
    assert "Noor Haddad linked another conversation" in shown(noor, f"conversations/{other}")
    assert "Remove the link" not in act(noor, name, "links", other=other, on="no").content.decode()


def test_whoever_types_a_name_reads_what_the_field_takes_beside_it(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    refused = act(noor, name, "links", other="Wei Ming", on="yes")
    assert (refused.status_code, refused.json()["error"]) == (400, "no_conversation_named")
    assert refused.json()["message"].startswith("Please paste the address of a conversation here")
    form = shown(noor, f"conversations/{name}").partition("data-linking")[2].partition("</form>")[0]
    assert 'data-refusal role="alert"></p>' in form


def test_a59_a_link_into_another_team_is_not_found(desk: cast.Desk, noor: Client) -> None:
    name, theirs = cast.opens(cast.ada()), cast.opens(cast.wei(), queue=desk.far_queue)
    assert act(noor, name, "links", other=theirs, on="yes").status_code == 404
    assert act(noor, name, "merge", other=theirs).status_code == 404
    assert act(noor, theirs, "merge", other=name).status_code == 404
