"""Every address of the desk; nouns, and what is posted to them."""

from django.urls import path

from vigil.faces.desk.views import actions, conversations, entering, factors, lists, live, own, resetting, work

app_name = "desk"
urlpatterns = [
    path("", lists.show_home, name="home"),
    path("sign-in", entering.sign_in, name="sign-in"),
    path("prove", entering.prove, name="prove"),
    path("sign-out", entering.sign_out, name="sign-out"),
    path("reset", resetting.ask, name="reset"),
    path("reset/<str:token>", resetting.choose, name="new-password"),
    path("live-token", live.give_token, name="live-token"),
    path("language", own.choose_language, name="language"),
    path("confirm", factors.confirm_self, name="confirm"),
    path("account", own.keep_profile, name="account"),
    path("account/sessions", own.show_sessions, name="sessions"),
    path("account/sessions/<int:session>/end", own.end_session, name="session-end"),
    path("account/sessions/others/end", own.end_other_sessions, name="other-sessions-end"),
    path("account/password", own.change_password, name="password"),
    path("account/factors", factors.show_factors, name="factors"),
    path("account/factors/app", factors.set_up_app, name="factor-app"),
    path("account/factors/passkey", factors.add_passkey, name="factor-passkey"),
    path("account/factors/<int:factor>/removal", factors.remove, name="factor-removal"),
    path("account/recovery-codes", factors.renew_recovery_codes, name="recovery-codes"),
    path("nav", lists.show_nav, name="nav"),
    path("rows", lists.show_rows, name="rows"),
    path("mine", lists.show_place, {"place": "mine"}, name="mine"),
    path("team", lists.show_place, {"place": "team"}, name="team"),
    path("done", lists.show_place, {"place": "done"}, name="done"),
    path("queues/<slug:place>", lists.show_place, name="queue"),
    path("conversations/<slug:name>", conversations.show_thread, name="conversation"),
    path("conversations/<slug:name>/head", conversations.show_head, name="head"),
    path("conversations/<slug:name>/entries", conversations.show_entries, name="entries"),
    path("conversations/<slug:name>/files/<slug:file>", conversations.show_file, name="file"),
    path("conversations/<slug:name>/menu", conversations.show_menu, name="menu"),
    path("conversations/<slug:name>/macros", conversations.show_macros, name="macros"),
    path("conversations/<slug:name>/assignment", actions.assign, name="assignment"),
    path("conversations/<slug:name>/status", actions.set_status, name="status"),
    path("conversations/<slug:name>/handover", work.hand_over, name="handover"),
    path("conversations/<slug:name>/withdrawal", work.withdraw, name="withdrawal"),
    path("conversations/<slug:name>/snooze", work.snooze, name="snooze"),
    path("conversations/<slug:name>/priority", actions.set_priority, name="priority"),
    path("conversations/<slug:name>/topic", actions.set_topic, name="topic"),
    path("conversations/<slug:name>/queue", actions.move, name="move"),
]
