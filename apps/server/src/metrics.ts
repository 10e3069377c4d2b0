import type { Attributes, Meter } from "@opentelemetry/api";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import type { DenialReason } from "@aic-sos/contract/reasons";
import type { Permission } from "@aic-sos/contract/permissions";

/** What the service counts. Labels are closed lists or route templates, never ids. */
export interface Metrics {
  request(facts: { method: string; route: string; status: number; seconds: number }): void;
  decision(outcome: "allow" | "deny", permission: Permission, reason: DenialReason | "none"): void;
  /** Counted when it is sealed, so once, whichever replica wrote it. */
  securityEvent(region: string, type: string): void;
  /** `waitedSeconds`: how long the oldest of them was durable before it was sealed. */
  sealed(region: string, events: number, waitedSeconds: number): void;
  /** Events in the inbox that this process could not seal. */
  unsealable(region: string, events: number): void;
  /** Logs that this process could not seal, or not grow the tree of. */
  damagedLogs(region: string, logs: number): void;
  checkpoints(region: string, outcome: "signed" | "refused" | "unkept", count: number): void;
  /** A turn of a job of the queue. */
  job(region: string, task: string, outcome: "done" | "failed"): void;
  queue(region: string, depth: { readonly waiting: number; readonly failed: number }): void;
  /** Answers a scrape in Prometheus text form. */
  readonly scrape: PrometheusExporter["getMetricsRequestHandler"];
  close(): Promise<void>;
}

export function createMetrics(): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter("aic-sos");
  const duration = meter.createHistogram("aic_http_request_duration", {
    description: "HTTP requests and the time to answer them",
    unit: "s",
    advice: {
      explicitBucketBoundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    },
  });
  const decided = countDecisions(meter);
  const security = meter.createCounter("aic_security_events", {
    description: "Security events sealed",
  });
  const sealedEvents = meter.createCounter("aic_audit_sealed_events", {
    description: "Audit events sealed",
  });
  const sealDelay = meter.createHistogram("aic_audit_seal_delay", {
    description:
      "How long the oldest event of a turn of the sealer was durable before it was sealed",
    unit: "s",
    advice: { explicitBucketBoundaries: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60] },
  });
  const unsealable = meter.createGauge("aic_audit_unsealable_events", {
    description: "Audit events in the inbox that the log does not take: look at them",
  });
  const damaged = meter.createGauge("aic_audit_damaged_logs", {
    description: "Audit logs that take no events, or whose tree cannot grow: look at them",
  });
  const checkpoints = meter.createCounter("aic_audit_checkpoints", {
    description:
      "Checkpoints of audit logs: signed, refused because a log does not fit its last one, or unkept because they cannot leave the database",
  });
  const jobs = meter.createCounter("aic_jobs", { description: "Jobs of the queue that ended" });
  const depth = meter.createGauge("aic_jobs_in_queue", {
    description: "Jobs that wait in the queue, and those that were given up",
  });
  return {
    // Its count is that of the requests: a counter besides would cost every request a second look-up of its labels.
    request: ({ seconds, ...labels }) => duration.record(seconds, labels),
    decision: decided,
    securityEvent: (region, type) => security.add(1, { region, type }),
    sealed: (region, events, waitedSeconds) => {
      sealedEvents.add(events, { region });
      sealDelay.record(waitedSeconds, { region });
    },
    unsealable: (region, events) => unsealable.record(events, { region }),
    damagedLogs: (region, logs) => damaged.record(logs, { region }),
    checkpoints: (region, outcome, count) => checkpoints.add(count, { region, outcome }),
    job: (region, task, outcome) => jobs.add(1, { region, task, outcome }),
    queue: (region, { waiting, failed }) => {
      depth.record(waiting, { region, state: "waiting" });
      depth.record(failed, { region, state: "failed" });
    },
    scrape: exporter.getMetricsRequestHandler.bind(exporter),
    close: () => provider.shutdown(),
  };
}

/** Counted in a plain map and read at a scrape: every request decides, and a counter sorts and hashes its labels each time. */
function countDecisions(meter: Meter): Metrics["decision"] {
  const decisions = meter.createObservableCounter("aic_decisions", {
    description: "Authorization decisions",
  });
  const counts = new Map<string, { count: number; labels: Attributes }>();
  decisions.addCallback((result) => {
    for (const { count, labels } of counts.values()) result.observe(count, labels);
  });
  return (outcome, permission, reason) => {
    const key = `${outcome} ${permission} ${reason}`;
    const counted = counts.get(key);
    if (counted === undefined) {
      counts.set(key, { count: 1, labels: { outcome, permission, reason } });
    } else counted.count += 1;
  };
}
