"""What /metrics shows. Names follow Prometheus habits: unit at the end, `_total` for counters."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

COMMITS = Counter("tscreator_store_commits_total", "Shared commits of the store", registry=REGISTRY)
UNITS = Counter("tscreator_store_units_total", "Units of work committed", registry=REGISTRY)
COMMIT_SECONDS = Histogram(
    "tscreator_store_commit_seconds", "From BEGIN to durable, a shared commit", registry=REGISTRY
)
INTERACTIONS = Counter(
    "tscreator_interactions_total", "Interactions by outcome", ["kind", "outcome"], registry=REGISTRY
)
INTERACTION_SECONDS = Histogram(
    "tscreator_interaction_seconds", "From arrival to the end of the handler", registry=REGISTRY
)
OUTBOX = Counter("tscreator_outbox_total", "Outbox messages by outcome", ["outcome"], registry=REGISTRY)
OUTBOX_WAITING = Gauge("tscreator_outbox_waiting", "Messages not yet delivered", registry=REGISTRY)
DUE_ITEMS = Counter("tscreator_due_items_total", "Scheduled items by outcome", ["kind", "outcome"], registry=REGISTRY)
GATEWAY_READY = Gauge("tscreator_gateway_ready", "1 while connected to Discord", registry=REGISTRY)
IT_DELIVERIES = Counter(
    "tscreator_it_deliveries_total", "Attempts to hand events to IT's system by outcome", ["outcome"], registry=REGISTRY
)
