"""Why a file is turned away, and what to do instead."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vigil.files.rules.kinds import Why
from vigil.kernel.errors import Refusal


class KindRefused(Refusal):
    """Nothing on the list of kinds."""

    code = "kind_refused"
    status = 415
    sentence = _("Files of this kind cannot be sent here. Please send a picture (JPEG, PNG, WebP, GIF, HEIC) or a video (MP4, MOV, WebM).")


class ArchiveRefused(Refusal):
    code = "archive_refused"
    status = 415
    sentence = _("Archives cannot be sent here. Please unpack this one and send the pictures or videos in it one by one.")


class PageRefused(Refusal):
    code = "page_refused"
    status = 415
    sentence = _("Web pages and SVG drawings cannot be sent here, because they can run programs. Please send a screenshot instead.")


class DocumentRefused(Refusal):
    code = "document_refused"
    status = 415
    sentence = _("Documents cannot be sent here. Please send a screenshot of the part that matters, or copy its words into your message.")


class ProgramRefused(Refusal):
    code = "program_refused"
    status = 415
    sentence = _("Programs cannot be sent here, and support never needs one. Please tell us in words what happened.")


class PictureTooLarge(Refusal):
    """params: limit, in MB."""

    code = "picture_too_large"
    status = 413
    sentence = _("This picture is too large. Please send one of at most %(limit)s MB; a screenshot of it is enough.")


class VideoTooLarge(Refusal):
    """params: limit, in MB."""

    code = "video_too_large"
    status = 413
    sentence = _("This video is too large. Please send a shorter piece of at most %(limit)s MB.")


class FileEmpty(Refusal):
    code = "file_empty"
    status = 400
    sentence = _("This file is empty. Please choose it again.")


class TooManyFiles(Refusal):
    code = "too_many_files"
    status = 429
    sentence = _("You have sent many files in a short time. Please wait a little before you send another one.")


class StorageFull(Refusal):
    """The disk is full, or so nearly that the rest is kept for words."""

    code = "storage_full"
    status = 507
    sentence = _("We have no room for files right now. Your messages still reach us; please send the file again later.")


class FileNotFound(Refusal):
    """There is none, it is somebody else's, or the right to it has ended: nobody learns which."""

    code = "file_not_found"
    status = 404
    sentence = _("This file does not exist, or it is no longer available.")


class FileNotReady(Refusal):
    code = "file_not_ready"
    status = 409
    sentence = _("This file is still being checked. Please try again in a moment.")


class WrongOffset(Refusal):
    """params: offset, the byte to go on from."""

    code = "wrong_offset"
    status = 409
    sentence = _("This upload has to go on from another place. Please try again.")


class UploadBusy(Refusal):
    code = "upload_busy"
    status = 423
    sentence = _("This file is already being sent from another window.")


class NotWhatItSays(Refusal):
    code = "not_what_it_says"
    status = 415
    sentence = _("What is inside this file is not what its name says. Please send a screenshot instead.")


class Unreadable(Refusal):
    code = "unreadable"
    status = 422
    sentence = _("This file is damaged and cannot be opened. Please send it again, or send a screenshot instead.")


class TooManyPixels(Refusal):
    code = "too_many_pixels"
    status = 422
    sentence = _("This picture has too many pixels to be opened safely. Please send a smaller one, or a screenshot of it.")


class TooManyFrames(Refusal):
    code = "too_many_frames"
    status = 422
    sentence = _("This animation is too long. Please send a single picture or a short video instead.")


class VideoTooLong(Refusal):
    code = "too_long"
    status = 422
    sentence = _("This video is longer than half an hour. Please send the piece that matters.")


class TooCostly(Refusal):
    code = "too_costly"
    status = 422
    sentence = _("This file takes too long to open. Please send a screenshot instead.")


WHY: Mapping[Why, type[Refusal]] = {
    "archive": ArchiveRefused,
    "page": PageRefused,
    "document": DocumentRefused,
    "program": ProgramRefused,
    "other": KindRefused,
}
# What a verdict may say; the code is what the row keeps.
VERDICTS: Mapping[str, type[Refusal]] = {
    refusal.code: refusal for refusal in (NotWhatItSays, Unreadable, TooManyPixels, TooManyFrames, VideoTooLong, TooCostly)
}
