"""Figures for whoever watches over the service, in the text format of Prometheus.  prometheus-client lives here.

No label holds a member's, a community's or a workspace's name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, by the values of its label; "" where there is none.  `counts`: it only grows, since the start."""

    name: str
    help: str
    label: str
    values: Mapping[str, float]
    counts: bool = False


class _Figures(Collector):
    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        for figure in self._figures:
            kind = CounterMetricFamily if figure.counts else GaugeMetricFamily
            family = kind(f"enishi_{figure.name}", figure.help, labels=[figure.label] if figure.label else [])
            for value, number in sorted(figure.values.items()):
                family.add_metric([value] if figure.label else [], number)
            yield family


def rendered(figures: Iterable[Figure]) -> bytes:
    """As Prometheus reads it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(list(figures)))
    return generate_latest(registry)
