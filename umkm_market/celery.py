"""The Celery application; the clock of periodic work stands here, the work itself in each app's tasks."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")

app = Celery("umkm_market")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Correctness never depends on a tick: each task finds in the database what is due.
app.conf.beat_schedule = {
    "expire-unpaid-orders": {"task": "orders.tasks.expire_unpaid_orders", "schedule": 5.0},
    "prove-orders": {"task": "orders.tasks.prove_orders", "schedule": 86_400.0},
    "print-waiting-labels": {"task": "orders.tasks.print_waiting_labels", "schedule": 30.0},
    "follow-parcels": {"task": "orders.tasks.follow_parcels", "schedule": 10.0},
    "confirm-old-deliveries": {"task": "checkout.tasks.confirm_old_deliveries", "schedule": 60.0},
    "give-up-lost-parcels": {"task": "checkout.tasks.give_up_lost_parcels", "schedule": 60.0},
    "handle-waiting-notices": {"task": "payments.tasks.handle_waiting_notices", "schedule": 10.0},
    "ask-gateway-about-old-charges": {"task": "payments.tasks.check_old_charges", "schedule": 60.0},
    "handle-waiting-courier-notices": {"task": "shipping.tasks.handle_waiting_notices", "schedule": 10.0},
    "ask-about-parcels": {"task": "shipping.tasks.ask_about_parcels", "schedule": 300.0},
    "forget-old-quotes": {"task": "shipping.tasks.forget_old_quotes", "schedule": 3600.0},
    "look-after-proofs-of-payment": {"task": "payments.tasks.look_after_proofs", "schedule": 60.0},
    # At three at night in Jakarta the gateway's day is closed.
    "reconcile-with-the-gateway": {
        "task": "payments.tasks.reconcile_yesterday",
        "schedule": crontab(hour=3, minute=0),
    },
    "forget-who-has-left": {"task": "privacy.tasks.finish_closings", "schedule": 300.0},
    "settle-commissions": {"task": "affiliates.tasks.settle_commissions", "schedule": 10.0},
    "settle-orders": {"task": "payouts.tasks.settle_orders", "schedule": 15.0, "options": {"expires": 60}},
    "prove-the-books": {"task": "payouts.tasks.prove_books", "schedule": 86_400.0},
    "check-the-books": {"task": "affiliates.tasks.check_books", "schedule": 3600.0},
    "forget-old-clicks": {"task": "affiliates.tasks.purge_old_clicks", "schedule": 86_400.0},
    "hold-what-was-left": {"task": "checkout.tasks.hold_what_was_left", "schedule": 10.0},
    "tell-what-happened-to-orders": {"task": "checkout.tasks.tell_people", "schedule": 5.0},
    "deliver-notices": {"task": "inbox.tasks.deliver_notices", "schedule": 5.0, "options": {"expires": 30}},
    "open-emergency-doors": {
        "task": "livestream.tasks.open_emergency_doors",
        "schedule": 5.0,
        "options": {"expires": 30},
    },
    "remind-of-sessions": {"task": "livestream.tasks.send_notices", "schedule": 20.0},
    "forget-old-acts": {"task": "audit.tasks.forget_old", "schedule": 86_400.0},
    "thin-old-shows": {"task": "insights.tasks.thin_old_shows", "schedule": 3600.0},
    "write-down-taps": {"task": "livestream.tasks.write_down_taps", "schedule": 5.0},
    # Every second, so a run that waits for a worker is worth nothing once the next one is there.
    "run-due-deals": {"task": "deals.tasks.run_due", "schedule": 1.0, "options": {"expires": 5}},
    "close-finished-deals": {
        "task": "deals.tasks.close_finished_deals",
        "schedule": 2.0,
        "options": {"expires": 5},
    },
    "count-who-watches": {"task": "deals.tasks.count_watching", "schedule": 10.0, "options": {"expires": 10}},
    "tell-winners": {"task": "deals.tasks.tell_winners", "schedule": 5.0, "options": {"expires": 30}},
    "sweep-recordings": {"task": "returns.tasks.sweep_recordings", "schedule": 600.0},
    "take-lapsed-steps-of-returns": {
        "task": "returns.tasks.lapse_due",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "refund-granted-returns": {
        "task": "returns.tasks.refund_due",
        "schedule": 10.0,
        "options": {"expires": 60},
    },
    "close-abandoned-sessions": {"task": "livestream.tasks.close_abandoned_sessions", "schedule": 30.0},
}
