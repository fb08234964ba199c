"""How the core refuses."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class ConversationNotFound(Refusal):
    """There is no such conversation, or it is not this reader's: the two look the same on purpose."""

    code = "not_found"
    status = 404
    sentence = _("We cannot find this conversation.")


class ConversationIsClosed(Refusal):
    """Nothing can be added any more."""

    code = "conversation_closed"
    status = 409
    sentence = _("This conversation is closed. Please start a new one; we will see what was said here.")


class ConversationGoesOn(ConversationIsClosed):
    """It was merged into another one of the same customer."""

    code = "goes_on_elsewhere"
    sentence = _("This goes on in your other conversation. Please send it there.")


class StatusNotPossible(Refusal):
    """The status cannot follow the present one."""

    code = "status_not_possible"
    status = 409
    sentence = _("This is not possible from the present state. Please reload the conversation.")


class SnoozeNotPossible(Refusal):
    """It cannot sleep until then: the moment is past, or too far off."""

    code = "snooze_not_possible"
    status = 400
    sentence = _("Please choose a moment that is still to come, within a year from now.")


class GoneAlready(Refusal):
    """There is nothing to undo: the answer is on its way, or was taken back before."""

    code = "gone_already"
    status = 409
    sentence = _("This answer does not wait any more: it has gone, or its words are back in the field.")


class NotYourReply(Refusal):
    """Only its author withdraws a reply, and only one in a chat."""

    code = "not_your_reply"
    status = 403
    sentence = _("Only the agent who wrote a reply in a chat can withdraw it.")


class TooLateToWithdraw(Refusal):
    """The minute in which a reply may be withdrawn is over."""

    code = "too_late_to_withdraw"
    status = 409
    sentence = _("A reply can be withdrawn for one minute only; that minute is over.")


class TagNotPossible(Refusal):
    """A tag is a short word or two, and no secret."""

    code = "tag_not_possible"
    status = 400
    sentence = _("A tag is a word or two, at most 40 characters, and holds no secret.")


class TooManyTags(Refusal):
    """Twenty are enough to find anything."""

    code = "too_many_tags"
    status = 409
    sentence = _("A conversation has at most 20 tags. Please remove one first.")


class KeyReused(Refusal):
    """The same sending key came with other words."""

    code = "key_reused"
    status = 422
    sentence = _("This message was already sent with other words. Please send it again as a new one.")


class NotAColleague(Refusal):
    """The chosen agent does not belong to the team that looks after the conversation."""

    code = "not_a_colleague"
    status = 400
    sentence = _("This colleague does not work in the team that looks after the conversation.")


class TakenMeanwhile(Refusal):
    """Somebody has it now of whom the one who asked knew nothing."""

    code = "taken_meanwhile"
    status = 409
    sentence = _("A colleague has taken this conversation in the meantime.")


class Crossed(Refusal):
    """The customer wrote while a reply was written, and its author has not read it yet."""

    code = "crossed"
    status = 409
    sentence = _("New messages have arrived. Please read them before you send this.")


class NotOverYet(Refusal):
    """A conversation that goes on cannot be rated."""

    code = "not_over"
    status = 409
    sentence = _("You can rate the conversation once it has ended.")


class NothingToLink(Refusal):
    """A conversation is linked with another one."""

    code = "nothing_to_link"
    status = 409
    sentence = _("A conversation cannot be linked or merged with itself. Please choose another one.")


class TooManyLinks(Refusal):
    """Twenty are enough to see what belongs together."""

    code = "too_many_links"
    status = 409
    sentence = _("A conversation has at most 20 links. Please remove one first.")


class NotTheSameCustomer(Refusal):
    """Only what one customer said is put together."""

    code = "not_the_same_customer"
    status = 409
    sentence = _("Only conversations of the same customer can be merged. You can link these two instead.")


class AlreadyMerged(Refusal):
    """One of the two is part of a merge already."""

    code = "already_merged"
    status = 409
    sentence = _("One of the two conversations is merged already. Please undo that first, or merge into the one that goes on.")


class TooLateToUndo(Refusal):
    """A merge may be undone for a day."""

    code = "too_late_to_undo"
    status = 409
    sentence = _("A merge can be undone for 24 hours only; they are over.")


class NeverAsked(Refusal):
    """A reply asks for what nobody of us ever asks for; params: said, the sentence. There is no way around it.

    `begins` and `ends` are its place in the text, counted as browsers count, where it stands as it was written.
    """

    code = "never_asked"
    status = 422
    sentence = _("This was not sent: “%(said)s” asks for something that we never ask a customer for. Please write it another way.")

    def __init__(self, *, said: str, begins: int = 0, ends: int = 0) -> None:
        """Keep the place beside the sentence, so that a page can mark it."""
        super().__init__(said=said)
        self.begins, self.ends = begins, ends

    def as_json(self) -> dict[str, Any]:
        """Add the place, as `mark`."""
        return {**super().as_json(), "mark": [self.begins, self.ends]} if self.ends else super().as_json()


class LinkDeceives(NeverAsked):
    """A reply holds a link that imitates somebody, hides its host, or leads nobody knows where; params: said, the link."""

    code = "link_deceives"
    sentence = _("This was not sent: the link “%(said)s” is not one of ours, and may deceive whoever opens it.")


class BlockedForAbuse(Refusal):
    """The team takes nothing from this customer any more."""

    code = "blocked"
    status = 403
    sentence = _(
        "We do not take your messages at the moment, because our agents were insulted or threatened. You can still read what was said."
    )


class BlockedForSpam(BlockedForAbuse):
    """The team takes nothing from this customer any more: they sent much, and asked nothing."""

    sentence = _(
        "We do not take your messages at the moment, because many came that were no questions to us. You can still read what was said."
    )


BLOCKS: dict[str, type[Refusal]] = {"abuse": BlockedForAbuse, "spam": BlockedForSpam}

DENIALS: dict[str, type[Refusal]] = {
    "closed": ConversationIsClosed,
    "status": StatusNotPossible,
    "until": SnoozeNotPossible,
    "tags": TooManyTags,
    "entry": ConversationNotFound,
    "not_own": NotYourReply,
    "too_late": TooLateToWithdraw,
    "colleague": NotAColleague,
    "taken": TakenMeanwhile,
    "queue": ConversationNotFound,
    "not_over": NotOverYet,
    "itself": NothingToLink,
    "links": TooManyLinks,
    "customer": NotTheSameCustomer,
    "merged": AlreadyMerged,
    "undo": TooLateToUndo,
}
