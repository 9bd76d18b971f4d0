import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { MediaStreamState } from '@kaibo/media/control-client'
import type { MediaCounters } from '@kaibo/media/hub/counters'
import type { ViewerKind } from './part.ts'

export type MetricsNeeds = {
  readonly counters: MediaCounters
  streamStates(): MediaStreamState[]
  droppedEventCount(): number
  /** What the parts of the process add. */
  partSamples(): readonly Sample[]
}

/** Reasons come from the app server; a label must be short and one of few. */
const REASON = /^[a-z0-9_.]{1,64}$/
const REASONS_MAX = 50

/** One figure of the process; `name` without the common prefix. */
export type Sample = {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  readonly value: number
}

const PREFIX = 'kaibo_media_'

const write = ({ name, type, help, value }: Sample): string =>
  `# HELP ${PREFIX}${name} ${help}\n# TYPE ${PREFIX}${name} ${type}\n${PREFIX}${name} ${value}\n`

export const gauge = (name: string, help: string, value: number): Sample => ({
  name,
  type: 'gauge',
  help,
  value,
})

export const counter = (name: string, help: string, value: number): Sample => ({
  name,
  type: 'counter',
  help,
  value,
})

/** The process in Prometheus text form: totals only, so a scrape reveals no stream. */
export const createMetrics = (needs: MetricsNeeds) => {
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  const refused = new Map<string, number>()

  const samples = (): Sample[] => {
    const states = needs.streamStates()
    const total = needs.counters
    const worst = (of: (state: MediaStreamState) => number) => Math.max(0, ...states.map(of))
    const viewers = (of: ViewerKind) => states.reduce((sum, { viewers }) => sum + viewers[of], 0)
    return [
      gauge('streams', 'Streams, live or away.', states.length),
      gauge(
        'key_frame_gap_seconds_max',
        'Time between key frames of the worst stream.',
        worst(({ keyFrameGapMs }) => keyFrameGapMs) / 1000,
      ),
      gauge(
        'arrival_delay_seconds_max',
        'How late pictures of the worst stream arrive.',
        worst(({ delayMs }) => delayMs) / 1000,
      ),
      gauge('flv_viewers', 'Viewers over HTTP-FLV.', viewers('flv')),
      gauge('hls_viewers', 'Players that polled a playlist in the last 10 s.', viewers('hls')),
      gauge('whep_viewers', 'Viewers over WebRTC.', viewers('whep')),
      gauge('event_loop_lag_p99_seconds', 'Event loop delay.', lag.percentile(99) / 1e9),
      gauge('resident_bytes', 'Resident memory.', process.memoryUsage.rss()),
      counter('ingest_bytes_total', 'Media bytes received.', total.bytesIn),
      counter('flv_bytes_total', 'Bytes sent to FLV viewers.', total.bytesOut),
      counter('dropped_tags_total', 'Tags dropped for slow viewers.', total.droppedTags),
      counter('cut_viewers_total', 'Viewers cut for being stuck.', total.cutViewers),
      counter('dropped_events_total', 'Events lost to a full queue.', needs.droppedEventCount()),
      ...needs.partSamples(),
    ]
  }

  return {
    countRefusal(reason: string): void {
      const isCode = REASON.test(reason) && (refused.has(reason) || refused.size < REASONS_MAX)
      const label = isCode ? reason : 'other'
      refused.set(label, (refused.get(label) ?? 0) + 1)
    },
    render(): string {
      const name = `${PREFIX}refused_connections_total`
      const lines = [...refused].map(([reason, n]) => `${name}{reason="${reason}"} ${n}\n`)
      const text = samples().map(write).join('')
      lag.reset()
      return `${text}# TYPE ${name} counter\n${lines.join('')}`
    },
  }
}
