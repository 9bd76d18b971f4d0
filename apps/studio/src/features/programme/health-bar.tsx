import type { StreamHealth } from '@kaibo/contract/live'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useState } from 'react'
import { codecNames, signalOf, sparkline, withSample } from './model.ts'

type HealthBarProps = {
  health: StreamHealth | undefined
  /** When the numbers were taken; every new time is a new sample. */
  takenAtMs: number
}

/** What arrives from the encoder: a word, the numbers, and the bitrate of the last two minutes. */
export function HealthBar({ health, takenAtMs }: HealthBarProps) {
  const t = useT()
  const signal = signalOf(health)
  const samples = useSamples(health?.bitrateKbps ?? 0, takenAtMs)
  return (
    <section className="health" aria-label={t('health.title')} data-signal={signal}>
      <p className="health-signal" role="status">
        <i aria-hidden="true" />
        {t(`health.${signal}`)}
      </p>
      <dl className="health-facts k-num">
        <div>
          <dt>{t('health.bitrate')}</dt>
          <dd>{health ? t('health.kbps', { count: health.bitrateKbps }) : '–'}</dd>
        </div>
        <div>
          <dt>{t('health.frames')}</dt>
          <dd>{health ? Math.round(health.framesPerSec) : '–'}</dd>
        </div>
        <div>
          <dt>{t('health.codecs')}</dt>
          <dd>{codecNames(health?.codecs ?? '') || '–'}</dd>
        </div>
      </dl>
      <svg
        className="health-line"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={sparkline(samples)} />
      </svg>
    </section>
  )
}

function useSamples(bitrateKbps: number, takenAtMs: number): readonly number[] {
  const [samples, setSamples] = useState<readonly number[]>([])
  useEffect(() => {
    if (takenAtMs > 0) setSamples(before => withSample(before, bitrateKbps))
  }, [bitrateKbps, takenAtMs])
  return samples
}
