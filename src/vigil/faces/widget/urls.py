"""The widget's addresses, below /widget/."""

from django.urls import path

from vigil.faces.widget.views import answers, conversations, files, frame, identify, loader, reading, session

app_name = "widget"
urlpatterns = [
    path("loader.js", loader.loader, name="loader"),
    path("loader-<slug:name>.js", loader.edition, name="loader-edition"),
    path("frame", frame.frame, name="frame"),
    path("frame-<slug:name>.css", frame.sheet, name="sheet"),
    path("frame-<slug:name>.js", frame.script, name="script"),
    path("later-<slug:name>.js", frame.later, name="later"),
    path("sheets", frame.sheets, name="sheets"),
    path("chips", reading.chips, name="chips"),
    path("chips-<slug:name>.css", reading.sheet, name="chips-sheet"),
    path("api/reading", reading.read, name="reading"),
    path("api/session", session.session, name="session"),
    path("api/leave", session.leave, name="leave"),
    path("api/identify", identify.identify, name="identify"),
    path("api/claim", identify.claim, name="claim"),
    path("api/language", session.language, name="language"),
    path("api/conversations", conversations.conversations_door, name="conversations"),
    path("back", answers.back, name="back"),
    path("api/back", answers.come_back, name="come-back"),
    path("api/address", answers.address, name="address"),
    path("api/conversations/<slug:name>/mail", answers.mail, name="mail"),
    path("api/files", files.begin, name="files"),
    path("api/files/<slug:name>/link", files.link, name="file-link"),
    path("api/conversations/<slug:name>/end", conversations.end, name="end"),
    path("api/conversations/<slug:name>/rating", answers.rate, name="rating"),
    path("api/conversations/<slug:name>/shown", conversations.shown, name="shown"),
    path("api/conversations/<slug:name>/earlier", conversations.earlier, name="earlier"),
    path("api/conversations/<slug:name>/place", conversations.place, name="place"),
    path("api/conversations/<slug:name>/transcript.html", conversations.html_record, name="transcript-html"),
    path("api/conversations/<slug:name>/transcript.txt", conversations.text_record, name="transcript-text"),
]
