from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    name = "payments.simulator"
    label = "midtrans_simulator"
