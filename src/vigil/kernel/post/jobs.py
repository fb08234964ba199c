from vigil.kernel import clock
from vigil.kernel.jobs import job
from vigil.kernel.post.delivery import deliver


@job("kernel.deliver_letter", lock_by="letter_id")
def deliver_letter(letter_id: int) -> None:
    """Deliver one letter; runs again while the relay asks for patience."""
    deliver(letter_id, at=clock.now())
